import { describe, expect, it } from 'vitest';
import type { CueLine, CueSheet } from '../wire/contract';
import { activeAt, cueTable } from './active';
import { interludeAt, interludes, isSecondSinger, timedLines, wordProgress } from './cues';
import { directionOf } from './language';
import { layersOf, readings } from './layers';
import { Spring } from './spring';

const line = (startMs: number, text: string, more: Partial<CueLine> = {}): CueLine => ({
  index: 0,
  startMs,
  text,
  words: [],
  ...more,
});
const sheet = (...lines: CueLine[]): CueSheet => ({
  trackId: 't',
  synced: true,
  wordSynced: false,
  lines,
  source: 'file',
  revision: 0,
  offsetMs: 0,
});
const textsAt = (from: CueSheet, durationMs: number, atMs: number) => {
  const table = cueTable(from, durationMs);
  return activeAt(table, atMs).map(({ line }) => table.lines[line]?.line.text);
};

describe('active lines', () => {
  it('end at their own end, else at the next distinct start, else with the track', () => {
    const song = sheet(line(0, 'a', { endMs: 500 }), line(1_000, 'b'), line(3_000, 'c'));
    expect(timedLines(song, 9_000).map((timed) => timed.endMs)).toEqual([500, 3_000, 9_000]);
    expect(textsAt(song, 9_000, 700)).toEqual([]);
    expect(textsAt(song, 9_000, 3_000)).toEqual(['c']);
  });

  it('are active together when they start together', () => {
    expect(textsAt(sheet(line(1_000, 'a'), line(1_000, 'b'), line(2_000, 'c')), 5_000, 1_500)).toEqual(['a', 'b']);
  });

  it('overlap when a round overlaps', () => {
    expect(textsAt(sheet(line(0, 'a', { endMs: 4_000 }), line(2_000, 'b')), 5_000, 2_500)).toEqual(['a', 'b']);
  });
});

describe('words', () => {
  const words = [
    { startMs: 1_000, endMs: 1_200, text: 'A' },
    { startMs: 1_400, text: 'ma' },
    { startMs: 1_800, text: 'zing' },
  ];
  const [timed] = timedLines(sheet(line(1_000, 'Amazing', { words }), line(2_800, 'x')), 9_000);
  if (timed === undefined) throw new Error('a line was expected');

  it('fill from their start to their end, the next word or the end of the line', () => {
    expect(wordProgress(timed, 0, 1_100)).toBe(0.5);
    expect(wordProgress(timed, 1, 1_600)).toBe(0.5);
    expect(wordProgress(timed, 2, 2_300)).toBe(0.5);
    expect(wordProgress(timed, 0, 5_000)).toBe(1);
    expect(wordProgress(timed, 2, 1_000)).toBe(0);
  });
});

describe('interludes', () => {
  const lines = timedLines(
    sheet(
      line(6_000, 'a', { endMs: 7_000 }),
      line(7_000, ' '),
      line(12_000, 'b', { endMs: 13_000 }),
      line(15_000, 'c'),
    ),
    20_000,
  );

  it('are the gaps of four seconds or more, the one before the first line included', () => {
    expect(interludes(lines)).toEqual([
      { startMs: 0, endMs: 6_000, beforeLine: 0 },
      { startMs: 7_000, endMs: 12_000, beforeLine: 2 },
    ]);
  });

  it('are over when the next line begins', () => {
    expect(interludeAt(interludes(lines), 11_999)?.beforeLine).toBe(2);
    expect(interludeAt(interludes(lines), 12_000)).toBeUndefined();
    expect(interludeAt(interludes(lines), 19_000)).toBeUndefined();
  });
});

describe('direction', () => {
  it('follows the first letter of the line', () => {
    expect(directionOf('لما بدا يتثنى')).toBe('rtl');
    expect(directionOf('“שלום”')).toBe('rtl');
    expect(directionOf('さくら')).toBe('ltr');
    expect(directionOf('… Kalinka')).toBe('ltr');
  });
});

describe('a duet', () => {
  it('puts its second singer on the other side', () => {
    const duet = {
      ...sheet(line(0, 'a', { agent: 'her' }), line(1, 'b', { agent: 'him' })),
      agents: { her: { type: 'person', name: 'Her' }, him: { type: 'person', name: 'Him' } },
    };
    expect(duet.lines.map((each) => isSecondSinger(duet, each))).toEqual([false, true]);
    expect(isSecondSinger(sheet(), line(0, 'solo'))).toBe(false);
  });
});

describe('second readings', () => {
  const sakura = line(0, '桜 桜', {
    words: [
      { startMs: 0, text: '桜 ' },
      { startMs: 500, text: '桜' },
    ],
    romanisations: { 'ja-Latn': 'sakura sakura' },
    translations: { en: 'Cherry blossoms', de: 'Kirschblüten' },
  });
  const song = { ...sheet(sakura), language: 'ja' };
  const shown = (preferred: string[], wanted: { translation?: string } = {}) =>
    layersOf(sakura, readings(song, { romanisation: true, ...wanted }, preferred)).map((layer) => layer.text);

  it('are how it sounds and what it means to the reader', () => {
    expect(shown(['de-AT', 'en'])).toEqual(['Kirschblüten']);
    expect(shown(['fr', 'en-GB'])).toEqual(['Cherry blossoms']);
    expect(shown(['fr'])).toEqual([]);
  });

  it('do not translate a song into its own language or a lesser one, unless asked to', () => {
    expect(shown(['ja-JP', 'en'])).toEqual([]);
    expect(shown(['ja-JP', 'en'], { translation: 'de' })).toEqual(['Kirschblüten']);
    expect(shown(['de'], { translation: 'off' })).toEqual([]);
  });

  it('stand above each word where the words of both can be counted off, else below the line', () => {
    const wanted = readings(song, { romanisation: true }, []);
    expect(wanted.above(sakura)).toEqual(['sakura', 'sakura']);
    const uneven = { ...sakura, romanisations: { 'ja-Latn': 'sakurasakura' } };
    expect(wanted.above(uneven)).toBeUndefined();
    expect(layersOf(uneven, wanted).map((layer) => layer.text)).toEqual(['sakurasakura']);
    expect(layersOf(uneven, readings(song, { romanisation: false }, [])).map((layer) => layer.text)).toEqual([]);
  });
});

describe('the scroll spring', () => {
  it('arrives and stays, whatever the frame rate', () => {
    for (const fps of [20, 60, 144]) {
      const spring = new Spring(0, 400);
      for (let t = 0; t < 1.5; t += 1 / fps) spring.step(1 / fps);
      expect(spring.value).toBe(400);
    }
  });
});
