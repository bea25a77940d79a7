import type { SkewSample } from '../sound/skew.ts';

/** Named numbers of one run; the names say the unit. */
export type Figures = Record<string, number>;

export interface Run {
  figures: Figures;
  /** Skew over the run, for the plot and the raw data; empty where a scenario has none. */
  samples: SkewSample[];
  /** Load of this machine per core while it ran. */
  load: number;
}

export interface Outcome {
  scenario: string;
  title: string;
  runs: Run[];
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

export function summary(samples: readonly SkewSample[]): Figures {
  const sizes = samples.map((sample) => Math.abs(sample.skewMs));
  return {
    'skew p50, ms': percentile(sizes, 0.5),
    'skew p95, ms': percentile(sizes, 0.95),
    'skew p99, ms': percentile(sizes, 0.99),
    'skew max, ms': Math.max(...sizes),
  };
}

/** The median of each figure over the runs. */
export function medians(runs: readonly Run[]): Figures {
  const names = Object.keys(runs[0]?.figures ?? {});
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run.figures[name] ?? Number.NaN))]));
}
