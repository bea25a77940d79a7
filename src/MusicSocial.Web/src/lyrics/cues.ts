import type { CueLine, CueSheet } from '../wire/contract';

/** A line with the moments it and its words stop being active worked out. */
export interface TimedLine {
  line: CueLine;
  startMs: number;
  endMs: number;
  wordEndsMs: readonly number[];
}

/** An instrumental passage worth showing: nothing is sung for at least four seconds and something follows. */
export interface Interlude {
  startMs: number;
  endMs: number;
  /** Place in the list: the line it stands before. */
  beforeLine: number;
}

const interludeMs = 4_000;

/** How many entries of an ascending list are at most `value`. */
export function countUpTo(ascending: readonly number[], value: number): number {
  let low = 0;
  for (let high = ascending.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ends: the explicit one, else the next distinct start, else the track's. */
export function timedLines(sheet: CueSheet, durationMs: number): TimedLine[] {
  const starts = sheet.lines.flatMap((line) => (typeof line.startMs === 'number' ? [line.startMs] : []));
  starts.sort((a, b) => a - b);
  return sheet.lines.flatMap((line) => {
    if (typeof line.startMs !== 'number') return [];
    const { startMs, words } = line;
    const endMs = line.endMs ?? starts[countUpTo(starts, startMs)] ?? durationMs;
    const wordEndsMs = words.map((word, n) => word.endMs ?? words[n + 1]?.startMs ?? endMs);
    return [{ line, startMs, endMs, wordEndsMs }];
  });
}

/** How much of a word has been sung at `atMs`, 0 to 1. A last word without an end is done when its line is. */
export function wordProgress(timed: TimedLine, word: number, atMs: number): number {
  const startMs = timed.line.words[word]?.startMs;
  const endMs = timed.wordEndsMs[word];
  if (startMs === undefined || endMs === undefined || atMs <= startMs) return 0;
  return endMs <= startMs ? 1 : Math.min(1, (atMs - startMs) / (endMs - startMs));
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

/** Whether a line belongs to the second singer of a duet, who stands on the other side. */
export function isSecondSinger(sheet: CueSheet, line: CueLine): boolean {
  const [, second] = Object.keys(sheet.agents ?? {});
  return line.agent != null && line.agent === (second ?? 'v2');
}
