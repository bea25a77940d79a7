import type { QueueItem, Room, Timeline } from '../wire/contract';

/** A line with nothing on it: what a room plays before its first track. */
export const silence: Timeline = {
  trackId: null,
  itemId: null,
  anchorMs: 0,
  anchoredAtMs: 0,
  rate: 0,
  durationMs: 0,
};

/** The one formula: where the track is at hub time `nowMs`. Before its anchor a line waits there; a paused one has rate 0 and stays where it was. */
export function positionAt(timeline: Timeline, nowMs: number): number {
  if (nowMs <= timeline.anchoredAtMs) return timeline.anchorMs;
  const position = timeline.anchorMs + (nowMs - timeline.anchoredAtMs) * timeline.rate;
  return Math.min(Math.max(position, 0), timeline.durationMs > 0 ? timeline.durationMs : position);
}

/** Hub time at which the track will be over, or infinity while it is paused. */
export function endsAt(timeline: Timeline): number {
  if (timeline.rate <= 0) return Number.POSITIVE_INFINITY;
  return timeline.anchoredAtMs + (timeline.durationMs - timeline.anchorMs) / timeline.rate;
}

export const isPlaying = (timeline: Timeline | undefined) => timeline !== undefined && timeline.rate > 0;

/** All a room plays. Between the two messages of one change its line is still the one before `current`, and `current` comes next. */
export const itemsOf = ({ current, queue }: Pick<Room, 'current' | 'queue'>): readonly QueueItem[] =>
  current ? [current, ...queue] : queue;

/** The queue after the item that plays now, whether or not the room lists that item too. */
export function upcoming(timeline: Timeline, queue: readonly QueueItem[]): readonly QueueItem[] {
  const at = queue.findIndex((item) => item.itemId === timeline.itemId);
  return at < 0 ? queue : queue.slice(at + 1);
}

/**
 * What plays at `nowMs` before the room's message about it: every client knows the boundary between two tracks, so none
 * waits for the message.
 */
export function foresee(timeline: Timeline, queue: readonly QueueItem[], nowMs: number): Timeline {
  let current = timeline;
  for (const next of upcoming(timeline, queue)) {
    const end = endsAt(current);
    if (nowMs < end) break;
    current = {
      trackId: next.track.id,
      itemId: next.itemId,
      anchorMs: 0,
      anchoredAtMs: end,
      rate: current.rate,
      durationMs: next.track.durationMs,
    };
  }
  return current;
}
