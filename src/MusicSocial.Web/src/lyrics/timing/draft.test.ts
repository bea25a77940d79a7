import { describe, expect, it } from 'vitest';
import type { CueSheet } from '../../wire/contract';
import {
  clearFrom,
  type Draft,
  draftOf,
  editOf,
  goTo,
  nudge,
  outOfOrder,
  sheetOf,
  shiftAll,
  tapEnd,
  tapLine,
  tapWord,
  textOf,
  timedCount,
  withText,
} from './draft';
import { historyOf, redo, step, undo } from './history';
import { wordsOf } from './text';

const fresh = withText(
  draftOf(undefined),
  'Row, row, row your boat\n\n  Gently   down the stream \nLife is but a dream',
);
const starts = (draft: Draft) => draft.lines.map((line) => line.startMs);
const wordStarts = (draft: Draft, line: number) => draft.lines[line]?.words.map((word) => word.startMs);

describe('a draft', () => {
  it('begins with written words, one line each', () => {
    expect(textOf(fresh)).toBe('Row, row, row your boat\nGently down the stream\nLife is but a dream');
    expect(fresh.line).toBe(0);
  });

  it('is timed line by line, by tapping along', () => {
    const tapped = [1_000.4, 4_000, 8_000].reduce(tapLine, fresh);
    expect(starts(tapped)).toEqual([1_000, 4_000, 8_000]);
    expect(tapped.line).toBe(3);
    expect(tapLine(tapped, 9_000).lines).toEqual(tapped.lines);
  });

  it('is timed word by word; the first word begins its line', () => {
    const tapped = [1_000, 1_400, 1_800, 2_200, 2_600, 4_000].reduce(tapWord, fresh);
    expect(wordStarts(tapped, 0)).toEqual([1_000, 1_400, 1_800, 2_200, 2_600]);
    expect(starts(tapped)).toEqual([1_000, 4_000, undefined]);
    expect([tapped.line, tapped.word]).toEqual([1, 1]);
    expect(wordStarts(tapWord(goTo(tapped, 0), 900), 0)).toEqual([900, undefined, undefined, undefined, undefined]);
  });

  it('lets the line tapped last end before the next one begins', () => {
    const tapped = tapEnd(tapLine(fresh, 1_000), 3_000);
    expect(tapped.lines[0]?.endMs).toBe(3_000);
    expect(tapEnd(tapped, 500)).toBe(tapped);
    expect(tapEnd(fresh, 500)).toBe(fresh);
  });

  it('moves one line or all, words included, never before the song', () => {
    const tapped = [1_000, 1_400, 1_800, 2_200, 2_600, 4_000].reduce(tapWord, fresh);
    expect(wordStarts(nudge(tapped, 0, -50), 0)).toEqual([950, 1_350, 1_750, 2_150, 2_550]);
    expect(starts(nudge(tapped, 0, -50))).toEqual([950, 4_000, undefined]);
    expect(starts(shiftAll(tapped, -2_000))).toEqual([0, 2_000, undefined]);
    expect(starts(tapLine(goTo(tapped, 0), 1_500))).toEqual([1_500, 4_000, undefined]);
    expect(wordStarts(tapLine(goTo(tapped, 0), 1_500), 0)).toEqual([1_500, 1_900, 2_300, 2_700, 3_100]);
  });

  it('says which lines are out of order, and forgets times from a line on', () => {
    const tapped = [5_000, 4_000, 8_000].reduce(tapLine, fresh);
    expect([...outOfOrder(tapped)]).toEqual([1]);
    const cleared = clearFrom(tapped, 1);
    expect([starts(cleared), cleared.line, timedCount(cleared)]).toEqual([[5_000, undefined, undefined], 1, 1]);
  });

  it('keeps the times of lines whose words stay', () => {
    const tapped = [1_000, 4_000, 8_000].reduce(tapLine, fresh);
    const edited = withText(tapped, 'Row, row, row your boat\nSlowly down the stream\nLife is but a dream');
    expect(starts(edited)).toEqual([1_000, undefined, 8_000]);
    expect(edited.line).toBe(1);
  });
});

describe('what is published', () => {
  const song: CueSheet = {
    trackId: 't',
    language: 'ja',
    synced: true,
    wordSynced: true,
    agents: { v1: { type: 'person', name: 'ChunkScheduler' } },
    lines: [
      {
        index: 0,
        startMs: 1_000,
        text: 'さくら さくら',
        agent: 'v1',
        words: [
          { startMs: 1_000, endMs: 1_900, text: 'さくら ' },
          { startMs: 2_000, endMs: null, text: 'さくら' },
        ],
        translations: { en: 'Cherry blossoms' },
      },
      { index: 1, startMs: 3_000, text: '', words: [] },
    ],
    source: 'file',
    revision: 0,
    offsetMs: 0,
  };

  it('keeps what the editor does not touch', () => {
    const edit = editOf(nudge(draftOf(song), 0, 100), song);
    expect(edit.language).toBe('ja');
    expect(edit.lines).toEqual([
      {
        text: 'さくら さくら',
        startMs: 1_100,
        endMs: 3_100,
        role: undefined,
        agent: 'v1',
        translations: { en: 'Cherry blossoms' },
        romanisations: undefined,
        words: [
          { text: 'さくら ', startMs: 1_100, endMs: 2_000 },
          { text: 'さくら', startMs: 2_100, endMs: null },
        ],
      },
    ]);
  });

  it('has words only where all of a line are timed', () => {
    const half = [1_000, 1_400].reduce(tapWord, fresh);
    expect(editOf(half, undefined).lines?.[0]?.words).toEqual([]);
  });

  it('is looked at without the lines that have no time yet', () => {
    const sheet = sheetOf(tapLine(goTo(fresh, 1), 2_000), 't', undefined);
    expect(sheet.lines.map((line) => [line.index, line.text])).toEqual([[0, 'Gently down the stream']]);
  });
});

describe('words', () => {
  it('are what stands between blanks, each with the blank after it', () => {
    expect(wordsOf('Row, row  your boat')).toEqual(['Row, ', 'row  ', 'your ', 'boat']);
    expect(wordsOf('لما بدا يتثنى')).toEqual(['لما ', 'بدا ', 'يتثنى']);
  });

  it('are cut as readers do in scripts without blanks, and are the line when joined', () => {
    const line = '春の夜の夢、さくら!';
    expect(wordsOf(line).length).toBeGreaterThan(3);
    expect(wordsOf(line).join('')).toBe(line);
  });
});

describe('undo', () => {
  it('goes back and forth, and a new step ends the future', () => {
    let history = [1, 2, 3].reduce((all, next) => step(all, next), historyOf(0));
    history = undo(undo(history));
    expect(history.now).toBe(1);
    expect(redo(history).now).toBe(2);
    expect(redo(step(history, 9)).now).toBe(9);
    expect(undo(undo(undo(undo(history)))).now).toBe(0);
    expect(step(history, 1)).toEqual(history);
  });
});
