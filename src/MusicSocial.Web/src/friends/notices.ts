import { links } from '../shell/router';
import type { Notice } from '../wire/contract';

export function sentenceOf(notice: Notice): string {
  const who = notice.from?.displayName ?? 'Somebody';
  switch (notice.type) {
    case 'mention':
      return `${who} mentioned you: “${notice.comment?.text ?? ''}”`;
    case 'reply':
      return `${who} replied: “${notice.comment?.text ?? ''}”`;
    case 'follower':
      return `${who} follows you now`;
    case 'invitation':
      return `${who} invites you to ${notice.room?.name ?? 'a room'}`;
  }
}

export function linkOf(notice: Notice): string {
  if (notice.room) return links.room(notice.room.code);
  if (notice.comment) return links.song(notice.comment.trackId);
  return notice.from ? links.profile(notice.from.handle) : links.home;
}
