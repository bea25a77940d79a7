import { describe, expect, it } from 'vitest';
import type { CueLine, CueSheet, CueWord } from '../wire/contract';
import { activeAt, cueTable } from './active';

const durationMs = 60_000;
const brought = { source: 'file', revision: 0, offsetMs: 0 } as const;

/** A small seeded generator (mulberry32), so that a failure can be run again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Sheets as bad as a reader may pass them on: overlaps, equal starts, empty and untimed lines, words without ends or without length. */
function anySheet(below: (n: number) => number): CueSheet {
  const lines = Array.from({ length: 1 + below(24) }, (_, index): CueLine => {
    if (below(12) === 0) return { index, text: 'untimed', words: [] };
    const startMs = below(40) * 1_000 + below(3) * below(997);
    const endMs = below(3) === 0 ? null : startMs + below(9_000);
    const words: CueWord[] = [];
    for (let at = startMs; words.length < below(8); at += below(900)) {
      words.push({ startMs: at, endMs: below(2) === 0 ? null : at + below(1_200), text: 'la ' });
    }
    return {
      index,
      startMs,
      endMs: below(2) === 0 ? endMs : null,
      text: words.map((word) => word.text).join(''),
      words,
    };
  });
  return { trackId: 't', synced: true, wordSynced: true, lines, ...brought };
}

/** The rules word for word, asking every line about every other: slow, and obviously right. */
function bruteForce(sheet: CueSheet, atMs: number): string[] {
  const active: [number, string][] = [];
  for (const line of sheet.lines) {
    if (typeof line.startMs !== 'number') continue;
    const start = line.startMs;
    let end = line.endMs ?? Number.POSITIVE_INFINITY;
    if (line.endMs == null) {
      for (const other of sheet.lines)
        if (typeof other.startMs === 'number' && other.startMs > start) end = Math.min(end, other.startMs);
      if (end === Number.POSITIVE_INFINITY) end = durationMs;
    }
    if (!(start <= atMs && atMs < end)) continue;
    const words: number[] = [];
    for (let n = 0; n < line.words.length; n++) {
      const wordEnd = line.words[n]?.endMs ?? line.words[n + 1]?.startMs ?? end;
      if ((line.words[n]?.startMs ?? 0) <= atMs && atMs < wordEnd) words.push(n);
    }
    active.push([start, `${line.index}:${words}`]);
  }
  return active.sort((a, b) => a[0] - b[0]).map(([, text]) => text);
}

const asked = (sheet: CueSheet) => {
  const table = cueTable(sheet, durationMs);
  return (atMs: number) => activeAt(table, atMs).map(({ line, words }) => `${table.lines[line]?.line.index}:${words}`);
};

/** Every moment at which the answer may change, and its neighbours. */
const edges = (sheet: CueSheet) =>
  sheet.lines
    .flatMap((line) => [line.startMs, line.endMs, ...line.words.flatMap((word) => [word.startMs, word.endMs])])
    .flatMap((ms) => (typeof ms === 'number' ? [ms - 1, ms, ms + 1] : []));

describe('what is active', () => {
  it('is what the rules say, at every edge and at random moments, for 300 sheets', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const below = chance(seed);
      const sheet = anySheet(below);
      const at = asked(sheet);
      const moments = [
        -1,
        0,
        durationMs,
        ...edges(sheet),
        ...Array.from({ length: 60 }, () => below(durationMs) + 0.5),
      ];
      const wrong = moments.filter((moment) => at(moment).join() !== bruteForce(sheet, moment).join());
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    }
  });

  it('is the same however one came there: played at rates from 0.5 to 2, paused, or after seeks back and forth', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const below = chance(seed * 7_919);
      const sheet = anySheet(below);
      const at = asked(sheet);
      let position = 0;
      let rate = 1;
      const wrong: number[] = [];
      for (let frame = 0; frame < 400; frame++) {
        const turn = below(40);
        if (turn === 0) position = below(durationMs);
        if (turn === 1) rate = [0.5, 0.75, 1, 1.25, 1.5, 2][below(6)] ?? 1;
        if (turn === 2) rate = 0;
        position = Math.min(durationMs, position + (1_000 / 60) * rate);
        if (at(position).join() !== bruteForce(sheet, position).join()) wrong.push(position);
      }
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    }
  });

  it('is found quickly in the longest sheet: looking back stops where everything is over', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => ({ index, startMs: index * 10, text: 'x', words: [] }));
    const table = cueTable({ trackId: 't', synced: true, wordSynced: false, lines, ...brought }, 100_000);
    let read = 0;
    const counted = new Proxy(table.lines, {
      get: (all, key) => {
        read += 1;
        return Reflect.get(all, key);
      },
    });
    expect(activeAt({ ...table, lines: counted }, 50_005).map(({ line }) => line)).toEqual([5_000]);
    expect(read).toBeLessThan(10);
  });
});
