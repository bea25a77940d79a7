import { foresee, silence, upcoming } from '../timeline/timeline';
import type { QueueItem, Timeline, Track } from '../wire/contract';

/** What a room or a friend decides about the sound: a timeline, its track, and what follows. */
export interface Shared {
  timeline: Timeline;
  track: Track | undefined;
  queue: readonly QueueItem[];
}

export const nothingShared: Shared = { timeline: silence, track: undefined, queue: [] };

/** A shared timeline as time passes: crosses the boundary between two tracks at the moment all clients do, whether a message has come or not. */
export class SharedTimeline {
  constructor(private shared: Shared = nothingShared) {}

  get timeline(): Timeline {
    return this.shared.timeline;
  }

  get track(): Track | undefined {
    return this.shared.track;
  }

  /** The track to fetch ahead of time. */
  get next(): Track | undefined {
    return upcoming(this.shared.timeline, this.shared.queue)[0]?.track;
  }

  /** Moves on to `nowMs`; true when another track began. */
  advance(nowMs: number): boolean {
    const { timeline, queue } = this.shared;
    const now = foresee(timeline, queue, nowMs);
    if (now === timeline) return false;
    const item = queue.find((queued) => queued.itemId === now.itemId);
    this.shared = { timeline: now, track: item?.track, queue };
    return true;
  }
}
