const bucketMs = 1_000;
/** Pairs of a device that plays at the context's own rate agree this well. */
const agreeMs = 0.5;
const keptBuckets = 30;
const fewBuckets = 4;
/** Nothing nearer to the line is taken for wrong. */
const leastMissMs = 0.3;
/** A mapping that moved further than this did not drift: the device was changed or slept. */
const jumpedMs = 20;
const believedAfter = 3;
/** One that moved further than this for two seconds belongs to a device that ran dry: it plays on, a little later than before. */
const movedMs = 5;
/** The first things a device says when it is opened are wrong. */
const unbelieved = 2;
/** And for so long after that its guess of its own latency still settles, by milliseconds: forgotten once enough was told since. */
const settlesMs = 10_000;
const enoughBuckets = 6;
/** How much a device's drift is held back while few buckets speak for it, ms²: their scatter against 50 ppm. */
const reluctance = 16e6;
const driftLimit = 400e-6;

interface Bucket {
  atMs: number;
  distanceMs: number;
}

/** The pairs of the second that is not over yet. */
interface Filling {
  atMs: number;
  distances: number[];
}

/**
 * Which moment of an audio context leaves the loudspeaker now. Each pair a browser tells belongs to one render callback. Where the device plays at the context's
 * rate pairs agree within a tenth of a millisecond, and the median of a second is right. Where the sound is converted on its way out - the device was
 * changed, or a browser tells its place in steps - pairs are up to a callback too early, evenly: there the furthest pair of a second is the true one. A line
 * through those seconds is steadier still.
 */
export class PlayoutClock {
  private buckets: Bucket[] = [];
  private current: Filling | undefined;
  private line: Line | undefined;
  private lastPairMs = Number.NaN;
  private odd = 0;
  private slope = 0;
  private seen = 0;
  private openedAtMs = 0;

  constructor(
    private readonly context: Pick<AudioContext, 'getOutputTimestamp'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one more pair; call it as often as is cheap while the context runs, and not too regularly. */
  look(): void {
    const { contextTime, performanceTime } = this.context.getOutputTimestamp();
    if (!contextTime || !performanceTime || performanceTime === this.lastPairMs) return;
    this.lastPairMs = performanceTime;
    if (this.seen === 0) this.openedAtMs = performanceTime;
    if (this.seen++ < unbelieved) return;
    const distanceMs = contextTime * 1_000 - performanceTime;
    if (this.ready && Math.abs(distanceMs - this.distanceAt(performanceTime)) > jumpedMs) {
      this.odd += 1;
      if (this.odd < believedAfter) return;
      this.forget();
    }
    this.odd = 0;
    this.take(performanceTime, distanceMs);
  }

  get ready(): boolean {
    return this.current !== undefined;
  }

  /** Context time, seconds, that is heard now. */
  get heard(): number {
    const now = this.now();
    return (now + this.distanceAt(now)) / 1_000;
  }

  forget(): void {
    this.buckets = [];
    this.line = undefined;
    this.current = undefined;
    this.odd = 0;
    this.seen = 0;
  }

  private take(atMs: number, distanceMs: number): void {
    const { current } = this;
    if (current !== undefined && atMs - current.atMs < bucketMs) {
      current.distances.push(distanceMs);
      return;
    }
    if (current !== undefined) this.close(summed(current));
    if (this.buckets.length > keptBuckets) this.buckets.shift();
    this.current = { atMs, distances: [distanceMs] };
  }

  private close(bucket: Bucket): void {
    const { line } = this;
    const missBy = (closed: Bucket | undefined) => (closed && line ? closed.distanceMs - lineAt(line, closed.atMs) : 0);
    const misses = [missBy(this.buckets.at(-1)), missBy(bucket)];
    const moved = misses.every((miss) => miss > movedMs) || misses.every((miss) => miss < -movedMs);
    if (moved && line) this.slope = line.slope;
    const kept = [...(moved ? this.buckets.slice(-1) : this.buckets), bucket];
    const settled = kept.filter(({ atMs }) => atMs > this.openedAtMs + settlesMs);
    this.buckets = settled.length >= enoughBuckets ? settled : kept;
    this.line = undefined;
  }

  private distanceAt(nowMs: number): number {
    const { buckets, current } = this;
    if (buckets.length < 2)
      return Math.max(...[...buckets, ...(current ? [summed(current)] : [])].map((bucket) => bucket.distanceMs));
    this.line ??= straight(buckets, this.slope);
    return lineAt(this.line, nowMs);
  }
}

function summed({ atMs, distances }: Filling): Bucket {
  const middle = median(distances);
  const scatter = median(distances.map((distance) => Math.abs(distance - middle)));
  return { atMs, distanceMs: scatter < agreeMs ? middle : Math.max(...distances) };
}

interface Line extends Bucket {
  slope: number;
}

const lineAt = (line: Line, atMs: number) => line.distanceMs + line.slope * (atMs - line.atMs);

/** The line most buckets lie on: now and then a browser tells several seconds in a row wrongly. */
function straight(buckets: readonly Bucket[], prior: number): Line {
  if (buckets.length <= fewBuckets) return through(buckets, prior);
  const rough = typicalLine(buckets);
  const missBy = ({ atMs, distanceMs }: Bucket) => Math.abs(distanceMs - lineAt(rough, atMs));
  const typicalMissMs = median(buckets.map(missBy));
  const near = buckets.filter((bucket) => missBy(bucket) <= Math.max(leastMissMs, 2.5 * typicalMissMs));
  return through(near, prior);
}

/** The median of all slopes between two (Theil and Sen): a quarter of them may be wrong. */
function typicalLine(buckets: readonly Bucket[]): Line {
  const slopes = buckets.flatMap((one, at) =>
    buckets.slice(at + 1).map((other) => (other.distanceMs - one.distanceMs) / (other.atMs - one.atMs)),
  );
  const slope = held(median(slopes));
  return { atMs: 0, distanceMs: median(buckets.map(({ atMs, distanceMs }) => distanceMs - slope * atMs)), slope };
}

function through(buckets: readonly Bucket[], prior: number): Line {
  const atMs = mean(buckets.map((bucket) => bucket.atMs));
  const distanceMs = mean(buckets.map((bucket) => bucket.distanceMs));
  let together = reluctance * prior;
  let spread = reluctance;
  for (const bucket of buckets) {
    together += (bucket.atMs - atMs) * (bucket.distanceMs - distanceMs);
    spread += (bucket.atMs - atMs) ** 2;
  }
  return { atMs, distanceMs, slope: held(together / spread) };
}

const held = (slope: number) => Math.min(driftLimit, Math.max(-driftLimit, slope));

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;
