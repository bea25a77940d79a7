const fewBuckets = 8;
/** Nothing nearer to the line is taken for wrong. */
const leastMissMs = 0.3;
const fewMissMs = 0.5;
/** How much a device's drift is held back while few buckets speak for it, ms²: their scatter against 50 ppm. */
const reluctance = 16e6;
const driftLimit = 400e-6;

/** Half a second of readings: how far a device's clock is ahead of the page's. */
export interface Bucket {
  atMs: number;
  distanceMs: number;
}

/** How that distance changes, milliseconds by millisecond. */
export interface DriftLine extends Bucket {
  slope: number;
}

export const lineAt = (line: DriftLine, atMs: number) => line.distanceMs + line.slope * (atMs - line.atMs);

/** The line most buckets lie on: now and then several in a row are wrong. */
export function straight(buckets: readonly Bucket[], prior: number): DriftLine {
  if (buckets.length <= fewBuckets) return throughFurthest(buckets, prior);
  const rough = typicalLine(buckets);
  const missBy = ({ atMs, distanceMs }: Bucket) => Math.abs(distanceMs - lineAt(rough, atMs));
  const typicalMissMs = median(buckets.map(missBy));
  const near = buckets.filter((bucket) => missBy(bucket) <= Math.max(leastMissMs, 2.5 * typicalMissMs));
  return through(near, prior);
}

/** Of few the further half counts: renderings come late, never early. */
function throughFurthest(buckets: readonly Bucket[], prior: number): DriftLine {
  const { atMs: fromMs } = buckets[0] as Bucket;
  const heightOf = ({ atMs, distanceMs }: Bucket) => distanceMs - prior * (atMs - fromMs);
  const further = buckets.toSorted((a, b) => heightOf(b) - heightOf(a)).slice(0, (buckets.length + 1) >> 1);
  const typicalMs = heightOf(further[further.length >> 1] as Bucket);
  return through(
    buckets.filter((bucket) => Math.abs(heightOf(bucket) - typicalMs) <= fewMissMs),
    prior,
  );
}

/** The median of all slopes between two (Theil and Sen): a quarter of them may be wrong. */
function typicalLine(buckets: readonly Bucket[]): DriftLine {
  const slopes = buckets.flatMap((one, at) =>
    buckets.slice(at + 1).map((other) => (other.distanceMs - one.distanceMs) / (other.atMs - one.atMs)),
  );
  const slope = held(median(slopes));
  return { atMs: 0, distanceMs: median(buckets.map(({ atMs, distanceMs }) => distanceMs - slope * atMs)), slope };
}

function through(buckets: readonly Bucket[], prior: number): DriftLine {
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

export const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;
