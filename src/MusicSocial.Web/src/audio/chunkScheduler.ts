import type { ChunkStore } from './chunkStore';

/** A straight line through context time: where in the track the sound is. */
export interface Line {
  /** Context time, seconds. */
  at: number;
  positionMs: number;
  rate: number;
}

interface Scheduled {
  source: AudioBufferSourceNode;
  gain: GainNode;
  starts: number;
  /** When its fade-out begins, once that is planned. */
  fades: number;
}

const scheduledAheadS = 3;
const joinS = 0.01;
/** Nothing nearer than this can be scheduled exactly. */
export const nearestS = 0.005;

/** Plays one track along a line: its chunks are scheduled on the context's sample clock and joined by short cross-fades. */
export class ChunkScheduler {
  private readonly scheduled = new Map<number, Scheduled>();

  constructor(
    private readonly context: AudioContext,
    readonly store: ChunkStore,
    private readonly destination: AudioNode,
    public line: Line,
    /** Context time at which the next track takes over. */
    public until = Number.POSITIVE_INFINITY,
  ) {}

  positionAt(contextTime: number): number {
    return this.line.positionMs + (contextTime - this.line.at) * 1_000 * this.line.rate;
  }

  timeOf(positionMs: number): number {
    return this.line.at + (positionMs - this.line.positionMs) / 1_000 / this.line.rate;
  }

  /** Schedules what is due soon and decoded. */
  pump(): void {
    const now = this.context.currentTime;
    const from = this.positionAt(Math.max(now, this.line.at));
    this.store.want(from);
    for (let index = this.store.indexAt(from); index < this.store.chunks.count; index++) {
      const starts = this.timeOf(index * this.store.chunks.chunkMs);
      if (starts > Math.min(now + scheduledAheadS, this.until)) break;
      if (!this.scheduled.has(index)) this.place(index, starts);
    }
  }

  /** Another rate from now on: what sounds changes its rate, what is to come is scheduled anew. */
  bend(rate: number): void {
    const at = this.context.currentTime + nearestS;
    this.line = { at, positionMs: this.positionAt(at), rate };
    for (const [index, { source, gain, starts }] of this.scheduled) {
      if (starts > at) {
        this.scheduled.delete(index);
        source.stop();
        source.disconnect();
        gain.disconnect();
      } else source.playbackRate.setValueAtTime(rate, at);
    }
    for (const [index, { gain }] of this.scheduled) this.fadeOut(index, gain, at);
    this.pump();
  }

  /** Fades out from then on. */
  leave(at: number): void {
    for (const { source, gain } of this.scheduled.values()) {
      gain.gain.cancelScheduledValues(at);
      gain.gain.setValueAtTime(1, at).linearRampToValueAtTime(0, at + joinS);
      source.stop(at + joinS);
    }
    this.scheduled.clear();
  }

  stop(at = this.context.currentTime): void {
    for (const { source } of this.scheduled.values()) source.stop(at);
    this.scheduled.clear();
  }

  private place(index: number, nominal: number): void {
    const buffer = this.store.get(index);
    if (buffer === undefined) return;
    const { context, line } = this;
    const { chunkMs, prerollMs } = this.store.chunks;
    const firstMs = index === 0 ? 0 : prerollMs;
    const fadesIn = index > 0 && nominal - joinS / 2 > Math.max(context.currentTime + nearestS, line.at);
    const starts = fadesIn ? nominal - joinS / 2 : Math.max(nominal, line.at, context.currentTime + nearestS);
    const offset = firstMs / 1_000 + (starts - nominal) * line.rate;
    if (offset >= (firstMs + chunkMs) / 1_000) return;

    const source = new AudioBufferSourceNode(context, { buffer, playbackRate: line.rate });
    const gain = new GainNode(context);
    source.connect(gain).connect(this.destination);
    // What begins within a song would click without a fade; the very start of one keeps its edge.
    if (offset > 0) gain.gain.setValueAtTime(0, starts).linearRampToValueAtTime(1, starts + joinS);
    source.start(starts, Math.max(0, offset));
    source.onended = () => {
      gain.disconnect();
      if (this.scheduled.get(index)?.source === source) this.scheduled.delete(index);
    };
    this.scheduled.set(index, { source, gain, starts, fades: Number.NaN });
    this.fadeOut(index, gain, starts);
  }

  /** Ends a chunk where the next one is faded in, or where another track takes over. */
  private fadeOut(index: number, gain: GainNode, from: number): void {
    const scheduled = this.scheduled.get(index);
    const ends = Math.min(this.timeOf((index + 1) * this.store.chunks.chunkMs), this.until);
    const isLast = index === this.store.chunks.count - 1 || ends === this.until;
    const begins = ends - (isLast ? joinS / 5 : joinS / 2);
    if (scheduled === undefined || begins <= from) return;
    // Only what an earlier plan says: cancelling from the end of the fade-in on would take its last point, and the chunk would stay silent.
    if (scheduled.fades > from) gain.gain.cancelScheduledValues(scheduled.fades);
    else if (!Number.isNaN(scheduled.fades)) return;
    scheduled.fades = begins;
    gain.gain.setValueAtTime(1, begins).linearRampToValueAtTime(0, isLast ? ends : ends + joinS / 2);
    scheduled.source.stop(ends + joinS);
  }
}
