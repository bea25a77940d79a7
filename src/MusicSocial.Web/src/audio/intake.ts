import { type Bucket, type DriftLine, lineAt, median, straight } from './driftLine';

const bucketMs = 500;
const keptBuckets = 60;
/** Buckets this far off the line, and near each other, tell of a device that plays on from elsewhere: two when it fell back, for it ran dry; more when it leapt, for it slept or was changed, and seldom does - but while it opens. */
const farMs = 2;
const agreeMs = 1;
const fellBack = 2;
const leapt = 6;
const leaptEarly = 2;
const early = 20;
/** Callbacks go through a rhythm against the device's own blocks: fewer of them tell little, whether the looks are rare (a hidden page) or the callbacks are. */
const rhythm = 16;
const fewest = 8;

interface Filling extends Bucket {
  count: number;
}

/**
 * How far a device has taken the sound of a context: the moment of it that was rendered last, against the page's clock. Renderings happen when the device has room, so some are late and
 * none early: of half a second or so the furthest is the true one, to a quarter of a millisecond from the first second on, on a busy machine as well. A line through those is steadier still.
 */
export class Intake {
  private buckets: Bucket[] = [];
  private filling: Filling | undefined;
  private line: DriftLine | undefined;
  private slope = 0;

  /** `moved` is told by how much whenever the device was found to go on from elsewhere. */
  constructor(private readonly moved: (byMs: number) => void = () => {}) {}

  /** A rendering that ended `distanceMs` ahead of the page's clock. */
  take(atMs: number, distanceMs: number): void {
    const { filling } = this;
    if (filling === undefined) this.filling = { atMs, distanceMs, count: 1 };
    else if (isFull(filling, atMs)) {
      this.close(filling);
      this.filling = { atMs, distanceMs, count: 1 };
    } else {
      filling.distanceMs = Math.max(filling.distanceMs, distanceMs);
      filling.count += 1;
    }
  }

  get ready(): boolean {
    return this.buckets.length > 0 || (this.filling?.count ?? 0) > rhythm;
  }

  /** How far the context is rendered ahead of the page's clock at a moment of the latter, milliseconds. */
  distanceAt(atMs: number): number {
    const { buckets, filling } = this;
    if (buckets.length < 2)
      return Math.max(...[...buckets, ...(filling ? [filling] : [])].map((bucket) => bucket.distanceMs));
    this.line ??= straight(buckets, this.slope);
    return lineAt(this.line, atMs);
  }

  private close(bucket: Bucket): void {
    this.buckets.push(bucket);
    this.line = undefined;
    if (this.buckets.length > keptBuckets) this.buckets.shift();
    this.moveOn(fellBack, (missMs) => missMs < -farMs);
    this.moveOn(this.buckets.length < early ? leaptEarly : leapt, (missMs) => missMs > farMs);
  }

  /** Forgets what was before the last `count` buckets where all of those miss the line of the others. */
  private moveOn(count: number, misses: (missMs: number) => boolean): void {
    const last = this.buckets.slice(-count);
    const before = this.buckets.slice(0, -count);
    if (before.length < 2) return;
    const line = straight(before, this.slope);
    const missed = last.map(({ atMs, distanceMs }) => distanceMs - lineAt(line, atMs));
    if (!missed.every(misses) || Math.max(...missed) - Math.min(...missed) > agreeMs) return;
    this.slope = line.slope;
    this.buckets = last;
    this.moved(median(missed));
  }
}

const isFull = ({ atMs, count }: Filling, nowMs: number) => nowMs - atMs >= bucketMs && count >= fewest;
