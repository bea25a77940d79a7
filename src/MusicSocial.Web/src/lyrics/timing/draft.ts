import type { CueLine, CueSheet, SheetEdit } from '../../wire/contract';
import { wordsOf } from './text';

export interface DraftWord {
  text: string;
  startMs: number | undefined;
  endMs: number | undefined;
}

/** A line on its way to being timed. What an editor does not touch (layers, roles, singers) it keeps. */
export interface DraftLine {
  text: string;
  startMs: number | undefined;
  endMs: number | undefined;
  words: readonly DraftWord[];
  kept: Pick<CueLine, 'role' | 'agent' | 'translations' | 'romanisations'>;
}

/** Lyrics being timed, and where the next tap goes. */
export interface Draft {
  lines: readonly DraftLine[];
  /** The line that the next tap times; one past the end when all are done. */
  line: number;
  /** The word of that line, when words are timed. */
  word: number;
}

export type TimingUnit = 'lines' | 'words';

const untimed = (text: string): DraftWord => ({ text, startMs: undefined, endMs: undefined });
const orUndefined = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

function lineOf(text: string, from?: CueLine): DraftLine {
  const words = from?.words.map((word) => ({ text: word.text, startMs: word.startMs, endMs: orUndefined(word.endMs) }));
  return {
    text,
    startMs: orUndefined(from?.startMs),
    endMs: orUndefined(from?.endMs),
    words: words?.length ? words : wordsOf(text).map(untimed),
    kept: {
      role: from?.role,
      agent: from?.agent,
      translations: from?.translations,
      romanisations: from?.romanisations,
    },
  };
}

const isSilence = (line: CueLine | undefined) => line?.text.trim() === '';

export function draftOf(sheet: CueSheet | undefined): Draft {
  const all = sheet?.lines ?? [];
  // An empty timed line only says when the one above it ends.
  const endOf = (line: CueLine, n: number) => line.endMs ?? (isSilence(all[n + 1]) ? all[n + 1]?.startMs : undefined);
  const lines = all.flatMap((line, n) =>
    isSilence(line) ? [] : [lineOf(line.text, { ...line, endMs: endOf(line, n) })],
  );
  return { lines, line: firstUntimed(lines), word: 0 };
}

const firstUntimed = (lines: readonly DraftLine[]) => {
  return Math.max(
    0,
    lines.findIndex((line) => line.startMs === undefined),
  );
};

/** Other words; lines that stay the same keep their times. */
export function withText(draft: Draft, text: string): Draft {
  const left = [...draft.lines];
  const lines = text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')
    .map((line) => {
      const at = left.findIndex((known) => known.text === line);
      const [known] = at < 0 ? [] : left.splice(0, at + 1).slice(-1);
      return known ?? lineOf(line);
    });
  return { lines, line: firstUntimed(lines), word: 0 };
}

export const textOf = (draft: Draft) => draft.lines.map((line) => line.text).join('\n');

const replace = (draft: Draft, at: number, change: (line: DraftLine) => DraftLine): Draft => ({
  ...draft,
  lines: draft.lines.map((line, n) => (n === at ? change(line) : line)),
});

/** "This line begins now": it is timed and the next one waits. Words timed before move with it. */
export function tapLine(draft: Draft, atMs: number): Draft {
  const ms = Math.max(0, Math.round(atMs));
  const timed = replace(draft, draft.line, (line) =>
    line.startMs === undefined ? { ...line, startMs: ms } : { ...moved(line, ms - line.startMs), endMs: undefined },
  );
  return goTo(timed, draft.line + 1);
}

/** "This word begins now": the one before lasts until here, and the first one begins its line. */
export function tapWord(draft: Draft, atMs: number): Draft {
  const current = draft.lines[draft.line];
  if (current === undefined) return draft;
  const ms = Math.max(0, Math.round(atMs));
  const timed = replace(draft, draft.line, (line) => ({
    ...line,
    startMs: draft.word === 0 ? ms : line.startMs,
    endMs: draft.word === 0 ? undefined : line.endMs,
    words: line.words.map((word, n) => {
      if (n === draft.word) return { ...word, startMs: ms, endMs: undefined };
      return n > draft.word ? untimed(word.text) : word;
    }),
  }));
  return draft.word + 1 < current.words.length ? { ...timed, word: draft.word + 1 } : goTo(timed, draft.line + 1);
}

/** "Silence from here": the line tapped last ends now. */
export function tapEnd(draft: Draft, atMs: number): Draft {
  const last = draft.word > 0 ? draft.line : draft.line - 1;
  const line = draft.lines[last];
  const ms = Math.round(atMs);
  if (line?.startMs === undefined || ms <= line.startMs) return draft;
  return replace(draft, last, () => ({ ...line, endMs: ms }));
}

export const goTo = (draft: Draft, line: number): Draft => ({
  ...draft,
  line: Math.max(0, Math.min(draft.lines.length, line)),
  word: 0,
});

const later = (ms: number | undefined, byMs: number) => (ms === undefined ? undefined : Math.max(0, ms + byMs));

const moved = (line: DraftLine, byMs: number): DraftLine => ({
  ...line,
  startMs: later(line.startMs, byMs),
  endMs: later(line.endMs, byMs),
  words: line.words.map((word) => ({ ...word, startMs: later(word.startMs, byMs), endMs: later(word.endMs, byMs) })),
});

/** Moves one line, its words with it. */
export const nudge = (draft: Draft, at: number, byMs: number): Draft => replace(draft, at, (line) => moved(line, byMs));

export const shiftAll = (draft: Draft, byMs: number): Draft => ({
  ...draft,
  lines: draft.lines.map((line) => moved(line, byMs)),
});

/** Forgets the times from a line on. */
export function clearFrom(draft: Draft, at: number): Draft {
  const lines = draft.lines.map((line, n) =>
    n < at
      ? line
      : { ...line, startMs: undefined, endMs: undefined, words: line.words.map((word) => untimed(word.text)) },
  );
  return goTo({ ...draft, lines }, at);
}

/** Lines that begin before the one above them: a tap came too early or was forgotten. */
export function outOfOrder(draft: Draft): ReadonlySet<number> {
  const wrong = new Set<number>();
  let latest = 0;
  draft.lines.forEach((line, n) => {
    if (line.startMs === undefined) return;
    if (line.startMs < latest) wrong.add(n);
    latest = Math.max(latest, line.startMs);
  });
  return wrong;
}

export const timedCount = (draft: Draft) => draft.lines.filter((line) => line.startMs !== undefined).length;

const isWordTimed = (line: DraftLine) =>
  line.words.length > 0 && line.words.every((word) => word.startMs !== undefined);

function toLine(line: DraftLine): Omit<CueLine, 'index'> {
  const words = isWordTimed(line)
    ? line.words.map((word) => ({ text: word.text, startMs: word.startMs ?? 0, endMs: word.endMs ?? null }))
    : [];
  return { ...line.kept, text: line.text, startMs: line.startMs ?? null, endMs: line.endMs ?? null, words };
}

/** As it is published. The server says what cannot be. */
export const editOf = (draft: Draft, basedOn: CueSheet | undefined): SheetEdit => ({
  language: basedOn?.language ?? null,
  agents: basedOn?.agents ?? null,
  basedOn: basedOn?.revision ?? null,
  lines: draft.lines.map(toLine),
});

/** The sheet as readers would get it, for the preview. */
export function sheetOf(draft: Draft, trackId: string, basedOn: CueSheet | undefined): CueSheet {
  const timed = draft.lines.filter((line) => line.startMs !== undefined);
  const lines = timed
    .map(toLine)
    .sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))
    .map((line, index) => ({ ...line, index }));
  const wordSynced = lines.some((line) => line.words.length > 0);
  const shell = basedOn ?? { source: 'people' as const, revision: 0, offsetMs: 0 };
  return { ...shell, trackId, synced: true, wordSynced, lines };
}
