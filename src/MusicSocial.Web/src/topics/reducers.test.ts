import { describe, expect, it } from 'vitest';
import type { Comment, Room, TopicEvent, User } from '../wire/contract';
import { emptyInbox, inboxEvent } from './me';
import { type RoomView, roomEvent, roomSnapshot } from './room';
import { noComments, trackEvent, trackSnapshot } from './track';

const user = (id: string): User => ({ id, handle: id, displayName: id.toUpperCase(), guest: false });
const event = (type: string, data: unknown): TopicEvent => ({ offset: 1, type, atMs: 1, data });
const room = {
  id: 'r1',
  name: 'Kitchen',
  hostId: 'ann',
  members: [{ user: user('ann'), role: 'host', connected: true }],
  listeners: 1,
  queue: [],
  settings: { name: 'Kitchen' },
} as unknown as Room;
const view: RoomView = { room, chat: [], closed: false };
const comment = (id: string, createdAtMs: number, more: Partial<Comment> = {}) =>
  ({ id, createdAtMs, text: id, likes: 0, likedByMe: false, deleted: false, ...more }) as Comment;

describe('the events of a room', () => {
  it('clear what a member said until then and nothing else', () => {
    const line = (id: string, author: string, atMs: number) => ({
      id,
      author: user(author),
      text: id,
      clientKey: id,
      atMs,
    });
    const chat = [line('1', 'bob', 5), line('2', 'ann', 6), line('3', 'bob', 9)];
    const cleared = roomEvent({ ...view, chat }, event('chat.cleared', { userId: 'bob', untilMs: 5 }));
    expect(cleared.chat.map((message) => message.id)).toEqual(['2', '3']);
  });

  it('end a pause of the chat that they do not speak of any more', () => {
    const paused = roomEvent(view, event('settings', { name: 'Kitchen', chatPausedUntilMs: 9 }));
    expect(paused.room.settings.chatPausedUntilMs).toBe(9);
    expect(roomEvent(paused, event('settings', { name: 'Kitchen' })).room.settings.chatPausedUntilMs).toBeNull();
  });

  it('count a member once however often the join is seen', () => {
    const joined = event('member.joined', { user: user('bob'), role: 'listener' });
    const twice = roomEvent(roomEvent(view, joined), joined);
    expect(twice.room.members.map((m) => m.user.id)).toEqual(['ann', 'bob']);
    expect(twice.room.listeners).toBe(2);
    const left = event('member.left', { user: user('bob'), role: 'listener' });
    expect(roomEvent(roomEvent(twice, left), left).room.listeners).toBe(1);
  });

  it('pass the host on', () => {
    const joined = roomEvent(view, event('member.joined', { user: user('bob'), role: 'listener' }));
    expect(roomEvent(joined, event('member.role', { userId: 'bob', role: 'host' })).room.hostId).toBe('bob');
  });

  it('rename the room with its settings', () => {
    const renamed = roomEvent(view, event('settings', { name: 'Garden', visibility: 'private', hostId: 'ann' }));
    expect(renamed.room).toMatchObject({ name: 'Garden', visibility: 'private' });
    expect(renamed.room.settings).not.toHaveProperty('hostId');
  });

  it('take a long queue by its order, and once is enough', () => {
    const item = (itemId: string) => ({ itemId, track: { id: itemId }, addedBy: user('ann') });
    const ids = Array.from({ length: 150 }, (_, at) => `q${at + 1}`);
    const full: RoomView = { ...view, room: { ...room, queue: ids.map(item), current: item('q0') } as unknown as Room };
    const order = [...ids.slice(1, 149), 'q0', 'q151', 'q150', 'q999'];
    const data = { queue: order.slice(0, 100).map(item), current: item('q1'), order, added: [item('q151')] };
    const changed = roomEvent(roomEvent(full, event('queue', data)), event('queue', data));
    expect(changed.room.queue.map((one) => one.itemId)).toEqual(order.slice(0, -1));
    expect(changed.room.current?.itemId).toBe('q1');
    const short = roomEvent(changed, event('queue', { queue: [item('q2')] }));
    expect(short.room.queue.map((one) => one.itemId)).toEqual(['q2']);
    expect(short.room.current).toBeNull();
  });

  it('keep the chat through a new snapshot of the same room and drop it for another', () => {
    const chatted = roomEvent(view, event('chat', { id: 'c1', author: user('ann'), text: 'hello', atMs: 1 }));
    const again = roomEvent(chatted, event('chat', { id: 'c1', author: user('ann'), text: 'hello', atMs: 1 }));
    expect(again.chat).toHaveLength(1);
    expect(roomSnapshot(again, room).chat).toHaveLength(1);
    expect(roomSnapshot(again, { ...room, id: 'r2' }).chat).toHaveLength(0);
  });
});

describe('the events of a track', () => {
  const start = trackSnapshot({ comments: [comment('a', 1), comment('c', 3)], total: 2 });

  it('put comments newest first and count each once', () => {
    const posted = event('comment.posted', comment('b', 2));
    const twice = trackEvent(trackEvent(start, posted), posted);
    expect(twice.comments.map((c) => c.id)).toEqual(['c', 'b', 'a']);
    expect(twice.total).toBe(3);
  });

  it('edit, delete and like in place without forgetting what I liked', () => {
    const liked = trackSnapshot({ comments: [comment('a', 1, { likedByMe: true })], total: 1 });
    const edited = trackEvent(liked, event('comment.edited', comment('a', 1, { text: 'better', editedAtMs: 5 })));
    expect(edited.comments[0]).toMatchObject({ text: 'better', likedByMe: true });
    expect(trackEvent(edited, event('comment.likes', { id: 'a', likes: 7 })).comments[0]?.likes).toBe(7);
    expect(trackEvent(edited, event('comment.deleted', { id: 'a' })).comments[0]).toMatchObject({
      deleted: true,
      text: '',
    });
  });

  it('ignore what belongs to comments never seen', () => {
    expect(trackEvent(noComments, event('comment.likes', { id: 'zz', likes: 7 }))).toEqual(noComments);
  });
});

describe('the events of an inbox', () => {
  it('raise the unread count once per notice', () => {
    const invitation = event('invitation', { id: 'n1', type: 'invitation', atMs: 1, data: {}, read: false });
    const inbox = inboxEvent(inboxEvent(emptyInbox, invitation), invitation);
    expect(inbox).toMatchObject({ unread: 1 });
    expect(inbox.items).toHaveLength(1);
  });

  it('fall silent when another window has read them', () => {
    const inbox = inboxEvent({ items: [], unread: 4 }, event('inbox.read', { unread: 0 }));
    expect(inbox.unread).toBe(0);
  });
});
