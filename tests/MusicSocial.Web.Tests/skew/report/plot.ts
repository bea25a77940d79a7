import type { Run } from './figures.ts';

const width = 720;
const height = 220;
const margin = { left: 52, right: 12, top: 14, bottom: 34 };
const colours = ['#3b6fb6', '#c2573a', '#4b8f4e', '#8a5fb0', '#9a7b2f'];

/** Skew over time, one line per run, as SVG that reads on light and dark pages. */
export function plot(title: string, runs: readonly Run[]): string {
  const points = runs.flatMap((run) => run.samples);
  const lastS = Math.max(1, ...points.map((point) => point.atS));
  const topMs = nice(Math.max(0.5, ...points.map((point) => Math.abs(point.skewMs))));
  const x = (atS: number) => margin.left + (atS / lastS) * (width - margin.left - margin.right);
  const y = (ms: number) => margin.top + ((topMs - ms) / (2 * topMs)) * (height - margin.top - margin.bottom);
  const rules = [-topMs, -topMs / 2, 0, topMs / 2, topMs].map((ms) => rule(y(ms), `${ms} ms`)).join('');
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => tick(x(share * lastS), `${Math.round(share * lastS)} s`)).join('');
  const lines = runs.map((run, at) => {
    const path = run.samples.map(({ atS, skewMs }) => `${x(atS).toFixed(1)},${y(skewMs).toFixed(1)}`).join(' ');
    return `<polyline fill="none" stroke="${colours[at % colours.length]}" stroke-width="1" points="${path}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="11" fill="#888">
${rules}${ticks}
${lines.join('\n')}
</svg>
`;
}

const rule = (y: number, label: string) =>
  `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y}" y2="${y}" stroke="#8884"/><text x="${margin.left - 6}" y="${y + 4}" text-anchor="end">${label}</text>`;

const tick = (x: number, label: string) => `<text x="${x}" y="${height - 12}" text-anchor="middle">${label}</text>`;

/** The next of 1, 2, 5, 10, ... */
function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10);
}
