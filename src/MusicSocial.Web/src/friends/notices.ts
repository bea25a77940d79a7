import { links } from '../shell/router';
import type { Notice, User } from '../wire/contract';

/** The user whose action caused a notice. */
export function actorOf(notice: Notice): User {
  if (notice.type === 'invitation') return notice.data.from;
  return notice.type === 'follower' ? notice.data.user : notice.data.author;
}

export function sentenceOf(notice: Notice): string {
  const who = actorOf(notice).displayName;
  switch (notice.type) {
    case 'mention':
      return `${who} mentioned you: “${notice.data.text}”`;
    case 'reply':
      return `${who} replied: “${notice.data.text}”`;
    case 'follower':
      return `${who} follows you now`;
    case 'invitation':
      return `${who} invites you to ${notice.data.room.name}`;
  }
}

export function linkOf(notice: Notice): string {
  switch (notice.type) {
    case 'invitation':
      return links.room(notice.data.room.code);
    case 'follower':
      return links.profile(notice.data.user.handle);
    default:
      return links.song(notice.data.trackId);
  }
}
