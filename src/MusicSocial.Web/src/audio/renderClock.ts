import { type Bucket, type DriftLine, lineAt, straight } from './driftLine';

const bucketMs = 500;
const keptBuckets = 60;
/** So many buckets this far off the line, on the same side and near each other, show that the device went on from another place. */
const enough = 2;
const farMs = 2;
const agreeMs = 1;
/** Callbacks beat against the device's own blocks: fewer of them prove little, whether sampling is rare (a hidden page) or the callbacks are. */
const rhythm = 16;
const fewest = 8;

interface Filling extends Bucket {
  count: number;
}

/**
 * Estimates how far a context is rendered: its time that was rendered last, against the page's clock. Renderings happen when the device has room, so some are late and
 * none early: of half a second or so the furthest is the true one, to a quarter of a millisecond from the first second on, on a busy machine as well. A line through those is steadier still.
 */
export class RenderClock {
  private buckets: Bucket[] = [];
  private filling: Filling | undefined;
  private line: DriftLine | undefined;
  private slope = 0;

  /** `moved` is called with the distance when the device was found to have gone on from another place. */
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
    this.moveOn();
  }

  /** Forgets what was before the last buckets where those miss the line of the others. */
  private moveOn(): void {
    const last = this.buckets.slice(-enough);
    const before = this.buckets.slice(0, -enough);
    if (before.length < 2) return;
    const line = straight(before, this.slope);
    const missed = last.map(({ atMs, distanceMs }) => distanceMs - lineAt(line, atMs));
    const [least, most] = [Math.min(...missed), Math.max(...missed)];
    if ((least < farMs && most > -farMs) || most - least > agreeMs) return;
    this.slope = line.slope;
    this.buckets = last;
    this.moved((least + most) / 2);
  }
}

const isFull = ({ atMs, count }: Filling, nowMs: number) => nowMs - atMs >= bucketMs && count >= fewest;
