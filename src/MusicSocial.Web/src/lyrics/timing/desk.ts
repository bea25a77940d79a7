import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import { useApp } from '../../shell/app';
import { links, navigate } from '../../shell/router';
import { notify } from '../../shell/toasts';
import type { CueSheet, Track } from '../../wire/contract';
import { isRefusal, type Refusal } from '../../wire/refusal';
import { type Draft, draftOf, editOf, goTo, nudge, sheetOf, type TimingUnit, tapEnd, tapLine, tapWord } from './draft';
import { forgetDraft, keepDraft, unfinished } from './drafts';
import { type History, historyOf, redo, step, undo } from './history';
import type { TimingActions } from './keys';
import { createWorkbench, type Workbench } from './workbench';

/** The state of the timing desk: a draft with its history, the song beside it, and what keys and buttons do to both. */
export interface Desk {
  bench: Workbench;
  history: Accessor<History<Draft>>;
  draft: Accessor<Draft>;
  /** The draft as readers would get it. */
  preview: Accessor<CueSheet>;
  /** Whether unfinished work of an earlier visit was found. */
  wasKept: boolean;
  unit: Accessor<TimingUnit>;
  setUnit(unit: TimingUnit): void;
  refusal: Accessor<Refusal | undefined>;
  busy: Accessor<boolean>;
  /** Where the user came from: the room that plays the song, or the song's page. */
  home(): string;
  change(next: (draft: Draft) => Draft): void;
  goToLine(line: number): void;
  actions: TimingActions;
  startOver(): void;
  publish(): Promise<void>;
}

const backMs = 3_000;

export function createDesk(track: Track, sheet: CueSheet | undefined): Desk {
  const { api, player, room } = useApp();
  const basedOn = sheet?.revision ?? 0;
  const kept = unfinished(track.id, basedOn);
  const [history, setHistory] = createSignal(historyOf(kept ?? draftOf(sheet)));
  const [unit, setUnit] = createSignal<TimingUnit>('lines');
  const [refusal, setRefusal] = createSignal<Refusal>();
  const [busy, setBusy] = createSignal(false);
  const bench = createWorkbench(track, player.settings.volume(), player.settings.deviceOffsetMs());
  const draft = () => history().now;
  const change = (next: (draft: Draft) => Draft) => setHistory((all) => step(all, next(all.now)));
  const goToLine = (line: number) => setHistory((all) => ({ ...all, now: goTo(all.now, line) }));

  createEffect(
    on(
      draft,
      (now) => {
        setRefusal(undefined);
        keepDraft(track.id, now, basedOn);
      },
      { defer: true },
    ),
  );

  const home = () => {
    const here = room.room();
    return here && here.timeline.trackId === track.id ? links.room(here.code) : links.song(track.id);
  };

  return {
    bench,
    history,
    draft,
    preview: createMemo(() => sheetOf(draft(), track.id, sheet)),
    wasKept: kept !== undefined,
    unit,
    setUnit,
    refusal,
    busy,
    home,
    change,
    goToLine,
    actions: {
      tap: (event) => {
        const at = bench.heardAt(event);
        change((now) => (unit() === 'words' ? tapWord(now, at) : tapLine(now, at)));
      },
      end: (event) => change((now) => tapEnd(now, bench.heardAt(event))),
      toggle: bench.toggle,
      back: () => bench.seek(bench.positionMs() - backMs),
      move: (by) => goToLine(draft().line + by),
      nudge: (byMs) => {
        const at = draft().lines[draft().line]?.startMs === undefined ? draft().line - 1 : draft().line;
        change((now) => nudge(now, at, byMs));
      },
      undo: () => setHistory(undo),
      redo: () => setHistory(redo),
    },
    startOver() {
      forgetDraft(track.id);
      setHistory(historyOf(draftOf(sheet)));
    },
    async publish() {
      setBusy(true);
      try {
        await api.saveSheet(track.id, editOf(draft(), sheet));
        forgetDraft(track.id);
        notify('Published: everyone reads them now.');
        navigate(home());
      } catch (error) {
        if (!isRefusal(error)) throw error;
        setRefusal(error);
      } finally {
        setBusy(false);
      }
    },
  };
}
