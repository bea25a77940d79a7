import type { CueSheet } from '../wire/contract';
import { countUpTo, type TimedLine, timedLines } from './cues';

/** A cue sheet made ready for the question every frame asks. */
export interface CueTable {
  /** Timed lines by their start; lines that start together in the order of the sheet. */
  lines: readonly TimedLine[];
  /** When every line up to this place is over: where looking back may stop. */
  overByMs: readonly number[];
  startsMs: readonly number[];
}

/** A line being sung, and which of its words are: places in the table and in the line. */
export interface ActiveLine {
  line: number;
  words: readonly number[];
}

export function cueTable(sheet: CueSheet, durationMs: number): CueTable {
  const lines = timedLines(sheet, durationMs).sort((a, b) => a.startMs - b.startMs);
  const overByMs: number[] = [];
  for (const { endMs } of lines) overByMs.push(Math.max(endMs, overByMs.at(-1) ?? 0));
  return { lines, overByMs, startsMs: lines.map((timed) => timed.startMs) };
}

/**
 * What is sung at `atMs`: every line with start <= t < end, in order of the start, and in it every word with start <= t < end. It depends on
 * the position alone, so it is the same after a seek as after playing through, at any rate.
 */
export function activeAt(table: CueTable, atMs: number): ActiveLine[] {
  const active: ActiveLine[] = [];
  for (let n = countUpTo(table.startsMs, atMs) - 1; n >= 0 && (table.overByMs[n] ?? 0) > atMs; n--) {
    const timed = table.lines[n];
    if (timed !== undefined && atMs < timed.endMs) active.push({ line: n, words: wordsAt(timed, atMs) });
  }
  return active.reverse();
}

function wordsAt(timed: TimedLine, atMs: number): number[] {
  return timed.line.words.flatMap((word, n) => (word.startMs <= atMs && atMs < (timed.wordEndsMs[n] ?? 0) ? [n] : []));
}
