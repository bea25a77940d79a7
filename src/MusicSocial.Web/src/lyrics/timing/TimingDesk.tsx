import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js';
import { Cover } from '../../catalog/Cover';
import { useApp } from '../../shell/app';
import { Icon } from '../../shell/Icon';
import { links, navigate } from '../../shell/router';
import { Tabs } from '../../shell/Tabs';
import { notify } from '../../shell/toasts';
import type { CueSheet, Track } from '../../wire/contract';
import { isRefusal, type Refusal } from '../../wire/refusal';
import { LyricsPane } from '../LyricsPane';
import {
  type Draft,
  draftOf,
  editOf,
  goTo,
  nudge,
  sheetOf,
  type TimingUnit,
  tapEnd,
  tapLine,
  tapWord,
  timedCount,
} from './draft';
import { forgetDraft, keepDraft, unfinished } from './drafts';
import { historyOf, redo, step, undo } from './history';
import { bindTimingKeys } from './keys';
import { LineList } from './LineList';
import { TapBar } from './TapBar';
import { WordsForm } from './WordsForm';
import { createWorkbench } from './workbench';

type Tab = 'words' | 'tap' | 'preview';

/** A song, its words, and the tools that bring them together. */
export function TimingDesk(props: { track: Track; sheet: CueSheet | undefined }): JSX.Element {
  const { api, player, room } = useApp();
  const { track, sheet } = props;
  const basedOn = sheet?.revision ?? 0;
  const kept = unfinished(track.id, basedOn);
  const [history, setHistory] = createSignal(historyOf(kept ?? draftOf(sheet)));
  const [tab, setTab] = createSignal<Tab>(history().now.lines.length > 0 ? 'tap' : 'words');
  const [unit, setUnit] = createSignal<TimingUnit>('lines');
  const [refusal, setRefusal] = createSignal<Refusal>();
  const [busy, setBusy] = createSignal(false);
  const bench = createWorkbench(track, player.settings.volume(), player.settings.deviceOffsetMs());
  const draft = () => history().now;
  const change = (next: (draft: Draft) => Draft) => setHistory((all) => step(all, next(all.now)));
  const goToLine = (line: number) => setHistory((all) => ({ ...all, now: goTo(all.now, line) }));
  const preview = createMemo(() => sheetOf(draft(), track.id, sheet));

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

  const actions = {
    tap: (event: Event) => {
      const at = bench.heardAt(event);
      change((now) => (unit() === 'words' ? tapWord(now, at) : tapLine(now, at)));
    },
    end: (event: Event) => change((now) => tapEnd(now, bench.heardAt(event))),
    toggle: bench.toggle,
    back: () => bench.seek(bench.positionMs() - 3_000),
    move: (by: number) => goToLine(draft().line + by),
    nudge: (byMs: number) => {
      const at = draft().lines[draft().line]?.startMs === undefined ? draft().line - 1 : draft().line;
      change((now) => nudge(now, at, byMs));
    },
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
  };
  bindTimingKeys(actions, () => tab() === 'tap');

  const home = () => {
    const here = room.room();
    return here && here.timeline.trackId === track.id ? links.room(here.code) : links.song(track.id);
  };

  /** After a click the space bar goes on tapping: it must not press the clicked button again. */
  function giveFocusBack(event: MouseEvent): void {
    const button = event.target instanceof Element && event.target.closest('button:not([role="tab"], [aria-expanded])');
    if (event.detail > 0 && button) document.querySelector<HTMLElement>('.tap')?.focus({ preventScroll: true });
  }

  function startOver(): void {
    forgetDraft(track.id);
    setHistory(historyOf(draftOf(sheet)));
  }

  async function publish(): Promise<void> {
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
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys leave the focus where it is.
    <section class="timing" aria-label="Timing lyrics" onClick={giveFocusBack}>
      <header class="stage-head">
        <a class="icon-button" href={home()} aria-label="Back to the song">
          <Icon name="back" />
        </a>
        <Cover track={track} eager />
        <div class="grow">
          <h1 class="ellipsis">{track.title}</h1>
          <p class="dim small num" role="status">
            {timedCount(draft())} of {draft().lines.length} lines timed
          </p>
        </div>
        <HistoryButton name="undo" label="Undo" steps={history().past.length} onClick={actions.undo} />
        <HistoryButton name="redo" label="Redo" steps={history().future.length} onClick={actions.redo} />
        <button
          type="button"
          class="button primary"
          disabled={busy() || draft().lines.length === 0}
          onClick={() => void publish()}
        >
          {busy() ? 'Publishing…' : 'Publish'}
        </button>
      </header>
      <Show when={refusal()}>
        {(why) => (
          <p role="alert" class="form-refusal timing-refusal">
            {why().message}
            {why().line ? ` (line ${why().line})` : ''}
          </p>
        )}
      </Show>
      <Show when={kept}>
        <p class="chip timing-kept">
          Your unfinished work is back.
          <button type="button" class="text-link" onClick={startOver}>
            Start over
          </button>
        </p>
      </Show>
      <Tabs
        label="Steps"
        tabs={[
          ['words', '1 Words'],
          ['tap', '2 Tap along'],
          ['preview', '3 Preview'],
        ]}
        current={tab()}
        onChoose={setTab}
      />
      <div class="timing-body">
        <Switch>
          <Match when={tab() === 'words'}>
            <WordsForm
              draft={draft()}
              onWords={(next) => {
                change(() => next);
                setTab('tap');
              }}
            />
          </Match>
          <Match when={tab() === 'tap'}>
            <LineList
              draft={draft()}
              unit={unit()}
              onUnit={setUnit}
              change={change}
              onLine={goToLine}
              onPlayFrom={bench.playFrom}
            />
          </Match>
          <Match when={tab() === 'preview'}>
            <LyricsPane
              sheet={preview()}
              durationMs={track.durationMs}
              positionMs={bench.positionMs}
              onLine={bench.playFrom}
            />
          </Match>
        </Switch>
      </div>
      <TapBar track={track} draft={draft()} bench={bench} unit={unit()} actions={actions} tapping={tab() === 'tap'} />
    </section>
  );
}

function HistoryButton(props: {
  name: 'undo' | 'redo';
  label: string;
  steps: number;
  onClick: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      disabled={props.steps === 0}
      onClick={() => props.onClick()}
    >
      <Icon name={props.name} />
    </button>
  );
}
