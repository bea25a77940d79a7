import { describe, expect, it } from 'vitest';
import type { Role, Room } from '../wire/contract';
import { mayModerate, permissionsOf } from './permissions';

const room = (over: Partial<Room['settings']> = {}) =>
  ({
    hostId: 'ann',
    openerId: 'ann',
    members: [
      ['ann', 'host'],
      ['dan', 'dj'],
      ['lea', 'listener'],
    ].map(([id, role]) => ({ user: { id }, role: role as Role, connected: true })),
    settings: { allowListenerQueue: true, voteSkip: true, ...over },
  }) as unknown as Room;

describe('permissions in a room', () => {
  it('let the host do everything but vote', () => {
    expect(permissionsOf(room(), 'ann')).toEqual({
      role: 'host',
      control: true,
      enqueue: true,
      arrange: true,
      manage: true,
      opened: true,
      voteSkip: false,
    });
  });

  it('let a DJ play but not manage', () => {
    expect(permissionsOf(room(), 'dan')).toMatchObject({ control: true, arrange: true, manage: false });
  });

  it('let listeners queue and vote only where the room allows it', () => {
    expect(permissionsOf(room(), 'lea')).toMatchObject({ control: false, enqueue: true, voteSkip: true });
    const strict = room({ allowListenerQueue: false, voteSkip: false });
    expect(permissionsOf(strict, 'lea')).toMatchObject({ enqueue: false, voteSkip: false });
  });

  it('let a member moderate those below, but never who opened the room', () => {
    expect(mayModerate(room(), 'ann', 'dan')).toBe(true);
    expect(mayModerate(room(), 'dan', 'lea')).toBe(true);
    expect(mayModerate(room(), 'dan', 'unlisted')).toBe(true);
    expect(mayModerate(room(), 'dan', 'ann')).toBe(false);
    expect(mayModerate(room(), 'lea', 'lea')).toBe(false);
    expect(mayModerate({ ...room(), openerId: 'lea' }, 'dan', 'lea')).toBe(false);
  });

  it('give a passer-by nothing', () => {
    expect(permissionsOf(room(), undefined)).toMatchObject({ control: false, enqueue: false, voteSkip: false });
  });
});
