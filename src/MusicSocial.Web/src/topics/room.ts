import type {
  ChatMessage,
  Member,
  QueueItem,
  Role,
  Room,
  RoomSettings,
  Timeline,
  TopicEvent,
  User,
  Waiting,
} from '../wire/contract';

/** A room as this page knows it: the shared state and the chat lines received so far. */
export interface RoomView {
  room: Room;
  chat: readonly ChatMessage[];
  closed: boolean;
}

const keptChat = 200;

export function roomSnapshot(view: RoomView | undefined, room: Room): RoomView {
  const seen = view?.room.id === room.id ? view.chat : [];
  const chat = (room.chat ?? []).reduce(withLine, seen);
  return { room, chat: [...chat].sort((a, b) => a.atMs - b.atMs), closed: false };
}

/** One event of `room:`. Applying an event twice is the same as once: a snapshot may already contain it. */
export function roomEvent(view: RoomView, event: TopicEvent): RoomView {
  const { room } = view;
  const change = (part: Partial<Room>): RoomView => ({ ...view, room: { ...room, ...part } });
  switch (event.type) {
    case 'timeline':
      return change({ timeline: event.data as Timeline });
    case 'waiting':
      return change({ waiting: event.data as Waiting });
    case 'queue':
      return change(queueFrom(room, event.data as QueueEvent));
    case 'settings':
      return change(settingsFrom(room, event.data as RoomSettings & { hostId?: string }));
    case 'member.joined': {
      const { user, role } = event.data as { user: User; role: Role };
      const known = room.members.some((member) => member.user.id === user.id && member.connected);
      const members = withMember(room.members, { user, role, connected: true });
      return change({ members, listeners: room.listeners + (known ? 0 : 1) });
    }
    case 'member.left': {
      const { user } = event.data as { user: User };
      const known = room.members.some((member) => member.user.id === user.id);
      const members = room.members.filter((member) => member.user.id !== user.id);
      return change({ members, listeners: Math.max(0, room.listeners - (known ? 1 : 0)) });
    }
    case 'member.role': {
      const { userId, role } = event.data as { userId: string; role: Role };
      const members = room.members.map((member) => (member.user.id === userId ? { ...member, role } : member));
      return change({ members, hostId: role === 'host' ? userId : room.hostId });
    }
    case 'chat':
      return { ...view, chat: withLine(view.chat, event.data as ChatMessage) };
    case 'chat.cleared': {
      const { userId, untilMs } = event.data as { userId: string; untilMs: number };
      return { ...view, chat: view.chat.filter((line) => line.author.id !== userId || line.atMs > untilMs) };
    }
    case 'chat.removed': {
      const { ids } = event.data as { ids: string[] };
      return { ...view, chat: view.chat.filter((line) => !ids.includes(line.id)) };
    }
    case 'room.closed':
      return { ...view, closed: true };
    default:
      return view;
  }
}

/** A queue of more than 100 items comes as its first 100, its order by ids, and what the change added. */
interface QueueEvent {
  queue: QueueItem[];
  current?: QueueItem | null;
  order?: string[] | null;
  added?: QueueItem[] | null;
}

function queueFrom(room: Room, { queue, current, order, added }: QueueEvent): Pick<Room, 'queue' | 'current'> {
  if (!order) return { queue, current: current ?? null };
  const items = [...room.queue, ...(room.current ? [room.current] : []), ...queue, ...(added ?? [])];
  const known = new Map(items.map((item) => [item.itemId, item]));
  // An item that is not known belongs to a state before the snapshot, and a later event removes it.
  return { queue: order.flatMap((id) => known.get(id) ?? []), current: current ?? null };
}

function settingsFrom(room: Room, data: RoomSettings & { hostId?: string }): Partial<Room> {
  const { hostId, ...told } = data;
  // Null is not sent: an event without an end of the pause ends it.
  const settings = { ...told, chatPausedUntilMs: told.chatPausedUntilMs ?? null };
  return {
    settings: { ...room.settings, ...settings },
    name: settings.name ?? room.name,
    visibility: settings.visibility ?? room.visibility,
    hostId: hostId ?? room.hostId,
  };
}

function withMember(members: readonly Member[], joined: Member): Member[] {
  const others = members.filter((member) => member.user.id !== joined.user.id);
  return [...others, joined];
}

function withLine(chat: readonly ChatMessage[], line: ChatMessage): readonly ChatMessage[] {
  if (chat.some((known) => known.id === line.id)) return chat;
  return [...chat, line].slice(-keptChat);
}
