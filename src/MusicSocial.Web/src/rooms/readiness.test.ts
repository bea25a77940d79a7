import { describe, expect, it, vi } from 'vitest';
import type { FollowerState } from '../timeline/timelineFollower';
import type { Room } from '../wire/contract';
import { Readiness } from './readiness';

const room = (waiting: string[], itemId = 'q1') =>
  ({ id: 'r', timeline: { itemId }, waiting: { userIds: waiting } }) as unknown as Room;

function listener(prepared = true) {
  const ready = vi.fn((_room: string, _item: string) => Promise.resolve());
  const cannotPlay = vi.fn((_room: string, _item: string) => Promise.resolve());
  const player = { isPrepared: prepared, state: 'following' as FollowerState, now: 0 };
  const readiness = new Readiness(
    { ready, cannotPlay },
    { prepared: () => player.isPrepared, state: () => player.state },
    () => player.now,
  );
  return { ready, cannotPlay, player, readiness };
}

describe('readiness', () => {
  it('is told once, and again for the next item', () => {
    const { ready, readiness } = listener();
    for (let looks = 0; looks < 3; looks++) readiness.check(room(['ann', 'ben']), 'ann');
    readiness.check(room(['ann'], 'q2'), 'ann');
    expect(ready.mock.calls).toEqual([
      ['r', 'q1'],
      ['r', 'q2'],
    ]);
  });

  it('is not told before the track is at hand', () => {
    const { ready, player, readiness } = listener(false);
    readiness.check(room(['ann']), 'ann');
    expect(ready).not.toHaveBeenCalled();
    player.isPrepared = true;
    readiness.check(room(['ann']), 'ann');
    expect(ready).toHaveBeenCalledOnce();
  });

  it('is not told to a room that does not wait for this listener', () => {
    const { ready, readiness } = listener();
    readiness.check(room(['ben']), 'ann');
    expect(ready).not.toHaveBeenCalled();
  });

  it('complains once about a track that still fails after another try', () => {
    const { cannotPlay, player, readiness } = listener();
    for (; player.now < 12_000; player.now += 100) {
      player.state = player.now % 3_000 < 200 ? 'loading' : 'failed';
      readiness.check(room([]), 'ann');
      if (player.now < 5_000) expect(cannotPlay).not.toHaveBeenCalled();
    }
    expect(cannotPlay.mock.calls).toEqual([['r', 'q1']]);
  });

  it('does not complain about a track that came after all', () => {
    const { cannotPlay, player, readiness } = listener();
    for (; player.now < 12_000; player.now += 100) {
      player.state = player.now < 3_000 ? 'failed' : 'following';
      readiness.check(room([]), 'ann');
    }
    expect(cannotPlay).not.toHaveBeenCalled();
  });

  it('is told again when the hub could not be reached', async () => {
    const { ready, readiness } = listener();
    ready.mockRejectedValueOnce(new Error('away'));
    readiness.check(room(['ann']), 'ann');
    await Promise.resolve();
    await Promise.resolve();
    readiness.check(room(['ann']), 'ann');
    expect(ready).toHaveBeenCalledTimes(2);
  });
});
