/** How many comments stand in each of `bins` equal stretches of a track, as heights from 0 to 1. */
export function density(positionsMs: readonly number[], durationMs: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  if (durationMs <= 0) return counts;
  for (const position of positionsMs) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((position / durationMs) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  // The square root keeps a single comment visible beside a busy moment.
  return most === 0 ? counts : counts.map((count) => Math.sqrt(count / most));
}

/** The outline of the densities as an SVG path over a 100 x 100 box, smooth enough to look like a landscape. */
export function landscape(heights: readonly number[]): string {
  if (heights.every((height) => height === 0)) return '';
  const step = 100 / heights.length;
  const points = heights.map(
    (height, index) => `${((index + 0.5) * step).toFixed(2)},${(100 - height * 92).toFixed(1)}`,
  );
  return `M0,100 L${points.join(' L')} L100,100 Z`;
}
