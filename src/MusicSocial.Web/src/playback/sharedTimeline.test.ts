import { describe, expect, it } from 'vitest';
import type { QueueItem, Track } from '../wire/contract';
import { SharedTimeline } from './sharedTimeline';

const track = (id: string) => ({ id, durationMs: 10_000 }) as Track;
const item = (itemId: string) => ({ itemId, track: track(itemId) }) as QueueItem;
const first = { trackId: 'a', itemId: 'a', anchorMs: 0, anchoredAtMs: 0, rate: 1, durationMs: 10_000 };

describe('a shared line', () => {
  it('goes on to the next track when the first is over, and knows what to fetch', () => {
    const line = new SharedTimeline({ timeline: first, track: track('a'), queue: [item('b'), item('c')] });
    expect(line.advance(9_999)).toBe(false);
    expect(line.next?.id).toBe('b');
    expect(line.advance(10_001)).toBe(true);
    expect([line.track?.id, line.next?.id]).toEqual(['b', 'c']);
    expect(line.timeline.anchoredAtMs).toBe(10_000);
  });

  it('stays on the last track when nothing follows', () => {
    const line = new SharedTimeline({ timeline: first, track: track('a'), queue: [] });
    expect(line.advance(99_999)).toBe(false);
    expect(line.track?.id).toBe('a');
  });
});
