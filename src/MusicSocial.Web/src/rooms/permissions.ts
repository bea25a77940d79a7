import type { Role, Room } from '../wire/contract';

/** What a user may do in a room. The server decides; this only shows the buttons that would work. */
export interface Permissions {
  role: Role | undefined;
  /** Play, pause, seek, skip, previous. */
  control: boolean;
  enqueue: boolean;
  /** Remove and move what others queued. */
  arrange: boolean;
  /** Settings, roles, kick. */
  manage: boolean;
  voteSkip: boolean;
  /** Closes the room for good, takes the host's role back. */
  opened: boolean;
}

const rank: Record<Role, number> = { listener: 0, dj: 1, host: 2 };

/** Whether a member may remove another and clear their messages: those below them, but never who opened the room. */
export function mayModerate(room: Room, by: string | undefined, userId: string): boolean {
  const roleOf = (id: string) => (room.hostId === id ? 'host' : room.members.find((m) => m.user.id === id)?.role);
  if (by === undefined || by === userId || room.openerId === userId) return false;
  return rank[roleOf(by) ?? 'listener'] > rank[roleOf(userId) ?? 'listener'];
}

export function permissionsOf(room: Room, userId: string | undefined): Permissions {
  // A large room lists only members with a role: a member that is not listed is a listener.
  const listed = room.members.find((member) => member.user.id === userId)?.role;
  const role = userId === undefined ? undefined : (listed ?? 'listener');
  const host = role === 'host' || (userId !== undefined && room.hostId === userId);
  const control = host || role === 'dj';
  return {
    role: host ? 'host' : role,
    control,
    enqueue: control || (role !== undefined && room.settings.allowListenerQueue),
    arrange: control,
    manage: host,
    opened: userId !== undefined && room.openerId === userId,
    voteSkip: !control && role !== undefined && room.settings.voteSkip,
  };
}
