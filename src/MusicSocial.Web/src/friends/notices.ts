import { links } from '../shell/router';
import type { Notice, User } from '../wire/contract';

/** The user whose action caused a notice; undefined when it is the hub's. */
export function actorOf(notice: Notice): User | undefined {
  if (notice.type === 'report') return undefined;
  if (notice.type === 'invitation') return notice.data.from;
  return notice.type === 'follower' ? notice.data.user : notice.data.author;
}

export function sentenceOf(notice: Notice): string {
  const who = actorOf(notice)?.displayName;
  switch (notice.type) {
    case 'mention':
      return `${who} mentioned you: “${notice.data.text}”`;
    case 'reply':
      return `${who} replied: “${notice.data.text}”`;
    case 'follower':
      return `${who} follows you now`;
    case 'invitation':
      return `${who} invites you to ${notice.data.room.name}`;
    case 'report':
      return `Your report was ${notice.data.state === 'upheld' ? 'right, and something was done' : 'looked at, and nothing was done'}.${notice.data.note ? ` ${notice.data.note}` : ''}`;
  }
}

export function linkOf(notice: Notice): string {
  switch (notice.type) {
    case 'invitation':
      return links.room(notice.data.room.code);
    case 'follower':
      return links.profile(notice.data.user.handle);
    case 'report':
      return links.friends;
    default:
      return links.song(notice.data.trackId);
  }
}
