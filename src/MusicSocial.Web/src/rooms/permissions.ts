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
    voteSkip: !control && role !== undefined && room.settings.voteSkip,
  };
}
