import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median, medians, type Outcome } from './figures.ts';
import { plot } from './plot.ts';

const folder = process.env.SKEW_REPORT ?? fileURLToPath(new URL('../../../../docs/sync/', import.meta.url));
const dataFile = `${folder}/measured.json`;

interface Kept {
  scenario: string;
  title: string;
  runs: number;
  load: number;
  figures: Record<string, number>;
  plotted: boolean;
}

/** Writes one scenario's raw data and plot, and the page of all scenarios measured so far anew. */
export function publish(outcome: Outcome): void {
  mkdirSync(`${folder}/data`, { recursive: true });
  const plotted = outcome.runs.some((run) => run.samples.length > 0);
  if (plotted) {
    const rows = outcome.runs.flatMap((run, at) => run.samples.map((sample) => `${at + 1},${sample.atS.toFixed(2)},${sample.skewMs.toFixed(4)}`));
    writeFileSync(`${folder}/data/${outcome.scenario}.csv`, `run,seconds,skewMs\n${rows.join('\n')}\n`);
    writeFileSync(`${folder}/data/${outcome.scenario}.svg`, plot(outcome.title, outcome.runs));
  }
  const kept: Kept[] = existsSync(dataFile) ? (JSON.parse(readFileSync(dataFile, 'utf8')) as Kept[]) : [];
  const next: Kept = {
    scenario: outcome.scenario,
    title: outcome.title,
    runs: outcome.runs.length,
    load: median(outcome.runs.map((run) => run.load)),
    figures: medians(outcome.runs),
    plotted,
  };
  const all = [...kept.filter((other) => other.scenario !== next.scenario), next].sort((a, b) => a.scenario.localeCompare(b.scenario));
  writeFileSync(dataFile, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(`${folder}/measured.md`, page(all));
}

function page(all: readonly Kept[]): string {
  const head = `# Skew, as recorded

Written by \`npm run skew\` in \`tests/MusicSocial.Web.Tests\`; what the figures mean stands in [README.md](README.md). Figures are medians over the runs;
load is how many processes wanted each of the ${cpus().length} cores at the time.
`;
  return `${head}\n${all.map(section).join('\n')}`;
}

function section(kept: Kept): string {
  const rows = Object.entries(kept.figures).map(([name, value]) => `| ${name} | ${shown(value)} |`);
  const picture = kept.plotted ? `\n![${kept.title}](data/${kept.scenario}.svg) · [raw data](data/${kept.scenario}.csv)\n` : '';
  return `## ${kept.title}

\`npm run skew -- -g ${kept.scenario}\` · ${kept.runs} ${kept.runs === 1 ? 'run' : 'runs'} · load ${(kept.load / cpus().length).toFixed(1)} per core

| figure | median |
|---|---|
${rows.join('\n')}
${picture}`;
}

const shown = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(3));
