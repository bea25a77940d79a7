import { median } from './driftLine';
import { OutputLatency } from './outputLatency';
import { RenderClock } from './renderClock';

const latencyEveryMs = 500;
/** Readings of a device that plays at the context's own rate agree this well. */
const agreeMs = 0.5;
/** The first readings of a device that was just opened are wrong. */
const unbelieved = 2;

type ReadableContext = Pick<AudioContext, 'getOutputTimestamp' | 'currentTime'>;

/**
 * Which moment of an audio context leaves the loudspeaker now: how far the context is rendered, which is known at once and to a fraction of a millisecond, less the latency from there, which
 * the device reports rightly only in the long run.
 */
export class PlayoutClock {
  private rendered = this.newRenderClock();
  /** Since the last reading of the latency: how far the audible sound is ahead of the page's clock. */
  private readings: number[] = [];
  private readFromMs = 0;
  private lastPairMs = Number.NaN;
  private seen = 0;

  constructor(
    private readonly context: ReadableContext,
    private readonly latency = new OutputLatency(),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Reads the device once; call it as often as is cheap while the context runs, at irregular intervals. */
  sample(): void {
    const { contextTime, performanceTime } = this.context.getOutputTimestamp();
    if (!contextTime || !performanceTime || performanceTime === this.lastPairMs) return;
    this.lastPairMs = performanceTime;
    if (this.seen++ < unbelieved) return;
    this.rendered.take(performanceTime, this.context.currentTime * 1_000 - performanceTime);
    this.readLatency(performanceTime, contextTime * 1_000 - performanceTime);
  }

  get ready(): boolean {
    return this.rendered.ready;
  }

  /** Context time, seconds, that is audible now. */
  get heard(): number {
    const now = this.now();
    return (now + this.rendered.distanceAt(now) - this.latencyMs) / 1_000;
  }

  /** What lies between rendering and the loudspeaker, milliseconds, as learnt so far. */
  get latencyMs(): number {
    return this.latency.isKnown ? this.latency.ms : this.latencyRead(this.readFromMs);
  }

  /** The device is opened anew. */
  forget(): void {
    this.rendered = this.newRenderClock();
    this.latency.reopen();
    this.readings = [];
    this.seen = 0;
  }

  private readLatency(atMs: number, distanceMs: number): void {
    if (this.readings.length === 0) this.readFromMs = atMs;
    this.readings.push(distanceMs);
    if (atMs - this.readFromMs < latencyEveryMs || !this.ready) return;
    this.latency.take(this.latencyRead(atMs));
    this.readings = [];
  }

  private newRenderClock(): RenderClock {
    return new RenderClock((byMs) => this.latency.move(byMs));
  }

  private latencyRead(atMs: number): number {
    return this.rendered.distanceAt(atMs) - typical(this.readings);
  }
}

/**
 * Where sound is resampled on its way out (the device was changed, or the browser reports its place in steps) readings are up to a callback too early, evenly spread: there the furthest is
 * right. Elsewhere all agree.
 */
function typical(distances: readonly number[]): number {
  const middle = median(distances);
  const scatter = median(distances.map((distance) => Math.abs(distance - middle)));
  return scatter < agreeMs ? middle : Math.max(...distances);
}
