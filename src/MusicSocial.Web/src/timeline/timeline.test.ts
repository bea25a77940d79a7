import { describe, expect, it } from 'vitest';
import type { QueueItem, Timeline, Track } from '../wire/contract';
import { endsAt, foresee, itemsOf, positionAt, upcoming } from './timeline';

const line: Timeline = {
  trackId: 'a',
  itemId: '1',
  anchorMs: 10_000,
  anchoredAtMs: 1_000,
  rate: 1,
  durationMs: 60_000,
};
const item = (itemId: string, durationMs: number) =>
  ({ itemId, track: { id: `track-${itemId}`, durationMs } as Track }) as QueueItem;

describe('a timeline', () => {
  it('moves with hub time', () => expect(positionAt(line, 6_000)).toBe(15_000));
  it('stays where it was while paused', () => expect(positionAt({ ...line, rate: 0 }, 99_000)).toBe(10_000));
  it('waits at its anchor until it begins', () => expect(positionAt(line, -1e9)).toBe(10_000));
  it('never leaves the track', () => {
    expect(positionAt(line, 1e9)).toBe(60_000);
    expect(positionAt({ ...line, rate: -5 }, 1e9)).toBe(0);
  });
  it('knows when it is over', () => {
    expect(endsAt(line)).toBe(51_000);
    expect(endsAt({ ...line, rate: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the boundary between two tracks', () => {
  const queue = [item('1', 60_000), item('2', 5_000), item('3', 90_000)];

  it('lists what follows whether or not the current item is in the queue', () => {
    expect(upcoming(line, queue).map((i) => i.itemId)).toEqual(['2', '3']);
    expect(upcoming({ ...line, itemId: 'x' }, queue)).toHaveLength(3);
  });

  it('is crossed without waiting for the room, over several short tracks if need be', () => {
    const later = foresee(line, queue, 57_000);
    expect(later).toMatchObject({ itemId: '3', anchoredAtMs: 56_000 });
    expect(positionAt(later, 57_000)).toBe(1_000);
  });

  it('leads to the same track whichever of its two messages comes first', () => {
    const [first, second, third] = queue as [QueueItem, QueueItem, QueueItem];
    const told = { current: second, queue: [third] };
    expect(foresee(line, itemsOf(told), 51_010)).toMatchObject({ itemId: '2', anchoredAtMs: 51_000 });
    const line2 = { ...line, itemId: '2', anchorMs: 0, anchoredAtMs: 51_000, durationMs: 5_000 };
    expect(foresee(line2, itemsOf(told), 51_010)).toBe(line2);
    expect(upcoming(line2, itemsOf({ current: first, queue: [second, third] }))).toEqual([third]);
  });

  it('is not crossed while the room is paused', () => {
    expect(foresee({ ...line, rate: 0 }, queue, 1e9).itemId).toBe('1');
  });
});
