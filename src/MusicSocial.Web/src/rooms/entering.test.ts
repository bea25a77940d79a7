import { describe, expect, it } from 'vitest';
import { TopicStream } from '../topics/stream';
import type { FollowAnswer, TopicEvent, TopicPosition } from '../wire/contract';
import { Refusal } from '../wire/refusal';
import { entering } from './entering';

/** A hub whose room has a password, and which loses its members in a restart. */
class Door {
  members = 0;
  epoch = 'e1';
  events: TopicEvent[] = [];
  calls: string[] = [];
  busy = 0;

  joinRoom = async (roomId: string, password: string | null): Promise<FollowAnswer> => {
    this.calls.push(`join ${roomId} ${password}`);
    if (this.busy-- > 0) throw new Refusal('server.busy', 'unavailable', '', 250);
    if (password !== 'pear') throw new Refusal('room.password', 'forbidden', '');
    this.members = 1;
    return this.answer(false);
  };

  follow = async (_topic: string, since: TopicPosition | null): Promise<FollowAnswer> => {
    this.calls.push(`follow ${since?.offset}`);
    if (this.members === 0) throw new Refusal('room.not_member', 'forbidden', '');
    return this.answer(since?.epoch === this.epoch, since?.offset);
  };

  private answer(recovered: boolean, after = 0): FollowAnswer {
    const position = { epoch: this.epoch, offset: this.events.length };
    if (!recovered) return { topic: 'room:r', position, recovered, events: [], snapshot: `room in ${this.epoch}` };
    return { topic: 'room:r', position, recovered, events: this.events.filter(({ offset }) => offset > after) };
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

async function inside(password = 'pear') {
  const door = new Door();
  const seen: unknown[] = [];
  const waits: { ms: number; run: () => void }[] = [];
  const stream = new TopicStream(
    entering(door, 'r', password),
    {
      snapshot: (data) => seen.push(data),
      event: ({ data }) => seen.push(data),
      refused: ({ code }) => seen.push(code),
    },
    (ms, run) => {
      waits.push({ ms, run });
      return () => {};
    },
  );
  await stream.resume();
  return { door, seen, stream, waits };
}

describe('coming into a room', () => {
  it('is one call the first time', async () => {
    const { door, seen } = await inside();
    expect(door.calls).toEqual(['join r pear']);
    expect(seen).toEqual(['room in e1']);
  });

  it('makes the user a member again after the hub lost its members, with the password of the first time', async () => {
    const { door, seen, stream } = await inside();
    door.members = 0;
    door.epoch = 'e2';
    await stream.resume();
    expect(door.calls.slice(1)).toEqual(['join r pear', 'follow 0']);
    expect(door.members).toBe(1);
    expect(seen).toEqual(['room in e1', 'room in e2']);
  });

  it('brings exactly what was missed, even when membership had lapsed meanwhile', async () => {
    const { door, seen, stream } = await inside();
    door.members = 0;
    door.events.push({ offset: 1, type: 'chat', atMs: 1, data: 'hello' });
    await stream.resume();
    expect(door.members).toBe(1);
    expect(seen).toEqual(['room in e1', 'hello']);
  });

  it('tells a stranger with the wrong password at once', async () => {
    const { seen, waits } = await inside('plum');
    expect(seen).toEqual(['room.password']);
    expect(waits).toEqual([]);
  });

  it('waits for a hub that is busy after its restart instead of leaving', async () => {
    const { door, seen, stream, waits } = await inside();
    door.epoch = 'e2';
    door.busy = 1;
    await stream.resume();
    expect(waits.map(({ ms }) => ms)).toEqual([250]);
    waits[0]?.run();
    await settle();
    expect(seen).toEqual(['room in e1', 'room in e2']);
  });
});
