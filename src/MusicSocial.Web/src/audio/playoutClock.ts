import { median } from './driftLine';
import { Intake } from './intake';
import { OutputLatency } from './outputLatency';

const toldEveryMs = 500;
/** Words of a device that plays at the context's own rate agree this well. */
const agreeMs = 0.5;
/** The first things a device says when it is opened are wrong. */
const unbelieved = 2;

type Told = Pick<AudioContext, 'getOutputTimestamp' | 'currentTime'>;

/**
 * Which moment of an audio context leaves the loudspeaker now: how far the device has taken the sound, which its own callbacks tell at once and to a fraction of a millisecond, less how long
 * it takes from there, which it tells rightly only in the long run.
 */
export class PlayoutClock {
  private intake = this.takes();
  /** What was told since the last word on the latency: how far the sound heard is ahead of the page's clock. */
  private told: number[] = [];
  private toldFromMs = 0;
  private lastPairMs = Number.NaN;
  private seen = 0;

  constructor(
    private readonly context: Told,
    private readonly latency = new OutputLatency(),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes what the device says now; call it as often as is cheap while the context runs, and not too regularly. */
  look(): void {
    const { contextTime, performanceTime } = this.context.getOutputTimestamp();
    if (!contextTime || !performanceTime || performanceTime === this.lastPairMs) return;
    this.lastPairMs = performanceTime;
    if (this.seen++ < unbelieved) return;
    this.intake.take(performanceTime, this.context.currentTime * 1_000 - performanceTime);
    this.hear(performanceTime, contextTime * 1_000 - performanceTime);
  }

  get ready(): boolean {
    return this.intake.ready;
  }

  /** Context time, seconds, that is heard now. */
  get heard(): number {
    const now = this.now();
    return (now + this.intake.distanceAt(now) - this.latencyMs) / 1_000;
  }

  /** What lies between rendering and the loudspeaker, milliseconds, as learnt so far. */
  get latencyMs(): number {
    return this.latency.isKnown ? this.latency.ms : this.latencyTold(this.toldFromMs);
  }

  /** The device is opened anew. */
  forget(): void {
    this.intake = this.takes();
    this.latency.reopen();
    this.told = [];
    this.seen = 0;
  }

  private hear(atMs: number, distanceMs: number): void {
    if (this.told.length === 0) this.toldFromMs = atMs;
    this.told.push(distanceMs);
    if (atMs - this.toldFromMs < toldEveryMs || !this.ready) return;
    this.latency.take(this.latencyTold(atMs));
    this.told = [];
  }

  private takes(): Intake {
    return new Intake((byMs) => this.latency.move(byMs));
  }

  private latencyTold(atMs: number): number {
    return this.intake.distanceAt(atMs) - typical(this.told);
  }
}

/**
 * Where sound is converted on its way out - the device was changed, or a browser tells its place in steps - a device tells up to a callback too early, evenly: there the furthest word is the
 * true one. Elsewhere all agree.
 */
function typical(distances: readonly number[]): number {
  const middle = median(distances);
  const scatter = median(distances.map((distance) => Math.abs(distance - middle)));
  return scatter < agreeMs ? middle : Math.max(...distances);
}
