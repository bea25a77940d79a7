import type { CommentMoment } from '../wire/contract';

/** How many comments are in each of `bins` equal stretches of a track, as heights from 0 to 1. */
export function density(moments: readonly CommentMoment[], durationMs: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  if (durationMs <= 0) return counts;
  for (const { second, total } of moments) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((second * 1_000) / durationMs) * bins)));
    counts[bin] = (counts[bin] ?? 0) + total;
  }
  const most = Math.max(...counts);
  // The square root keeps a single comment visible beside a busy moment.
  return most === 0 ? counts : counts.map((count) => Math.sqrt(count / most));
}

/** Each height shared a little with its neighbours, so that a single comment is visible. */
const softened = (heights: readonly number[]) =>
  heights.map((height, index) => 0.5 * height + 0.25 * ((heights[index - 1] ?? 0) + (heights[index + 1] ?? 0)));

/** The outline of the densities as an SVG path over a 100 x 100 box: hills, one curve per stretch. */
export function landscape(heights: readonly number[]): string {
  if (heights.every((height) => height === 0)) return '';
  const step = 100 / heights.length;
  const hills = softened(softened(heights));
  const most = Math.max(...hills);
  const points = hills.map((height, index) => ({ x: (index + 0.5) * step, y: 100 - (height / most) * 94 }));
  const curves = points.map((point, index) => {
    const next = points[index + 1] ?? { x: 100, y: point.y };
    const end = `${((point.x + next.x) / 2).toFixed(2)},${((point.y + next.y) / 2).toFixed(1)}`;
    return `Q${point.x.toFixed(2)},${point.y.toFixed(1)} ${end}`;
  });
  return `M0,100 L0,${points[0]?.y.toFixed(1)} ${curves.join(' ')} L100,100 Z`;
}
