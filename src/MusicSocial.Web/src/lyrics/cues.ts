import type { CueLine, CueSheet } from '../wire/contract';

/** A line with the moment it stops being active worked out. */
export interface TimedLine {
  line: CueLine;
  startMs: number;
  endMs: number;
}

/** An instrumental passage worth showing: nothing is sung for at least four seconds and something follows. */
export interface Interlude {
  startMs: number;
  endMs: number;
  /** Place in the list: the line it stands before. */
  beforeLine: number;
}

const interludeMs = 4_000;

/** Ends: the explicit one, else the next distinct start, else the track's. */
export function timedLines(sheet: CueSheet, durationMs: number): TimedLine[] {
  const starts = sheet.lines.flatMap((line) => (typeof line.startMs === 'number' ? [line.startMs] : []));
  const distinct = [...new Set(starts)].sort((a, b) => a - b);
  return sheet.lines.flatMap((line) => {
    if (typeof line.startMs !== 'number') return [];
    const startMs = line.startMs;
    const endMs = line.endMs ?? distinct.find((start) => start > startMs) ?? durationMs;
    return [{ line, startMs, endMs }];
  });
}

/** Every line with start <= t < end: the same after a seek as after playing through. */
export const activeLines = (lines: readonly TimedLine[], atMs: number): TimedLine[] =>
  lines.filter((timed) => timed.startMs <= atMs && atMs < timed.endMs);

/** How much of a word has been sung at `atMs`, 0 to 1. A last word without an end is done when its line is. */
export function wordProgress(timed: TimedLine, word: number, atMs: number): number {
  const current = timed.line.words[word];
  if (current === undefined || atMs <= current.startMs) return 0;
  const endMs = current.endMs ?? timed.line.words[word + 1]?.startMs ?? timed.endMs;
  return endMs <= current.startMs ? 1 : Math.min(1, (atMs - current.startMs) / (endMs - current.startMs));
}

export function interludes(lines: readonly TimedLine[]): Interlude[] {
  const found: Interlude[] = [];
  let silentFrom = 0;
  // Empty timed lines clear the screen: they are silence, not singing.
  const sung = lines.map((timed, index) => ({ ...timed, index })).filter(({ line }) => line.text.trim() !== '');
  for (const { startMs, endMs, index } of [...sung].sort((a, b) => a.startMs - b.startMs)) {
    if (startMs - silentFrom >= interludeMs) found.push({ startMs: silentFrom, endMs: startMs, beforeLine: index });
    silentFrom = Math.max(silentFrom, endMs);
  }
  return found;
}

export const interludeAt = (all: readonly Interlude[], atMs: number) =>
  all.find((interlude) => interlude.startMs <= atMs && atMs < interlude.endMs);

const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of one line, by its first letter: a song may mix both. */
export const directionOf = (text: string): 'rtl' | 'ltr' => (rightToLeft.test(text) ? 'rtl' : 'ltr');

/** Whether a line belongs to the second singer of a duet, who stands on the other side. */
export function isSecondSinger(sheet: CueSheet, line: CueLine): boolean {
  const [, second] = Object.keys(sheet.agents ?? {});
  return line.agent != null && line.agent === (second ?? 'v2');
}
