import type { Inbox, Notice, TopicEvent } from '../wire/contract';

export const emptyInbox: Inbox = { items: [], unread: 0 };

const noticeTypes = ['mention', 'reply', 'follower', 'invitation', 'report'];
const keptNotices = 100;

/** One event of `me:`: a new notice on top of the others, or the news that another window has read them. */
export function inboxEvent(inbox: Inbox, event: TopicEvent): Inbox {
  if (event.type === 'inbox.read') return { ...inbox, unread: (event.data as { unread: number }).unread };
  if (!noticeTypes.includes(event.type)) return inbox;
  const notice = event.data as Notice;
  if (inbox.items.some((known) => known.id === notice.id)) return inbox;
  return { items: [notice, ...inbox.items].slice(0, keptNotices), unread: inbox.unread + 1 };
}
