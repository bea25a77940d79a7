import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { Cover } from '../../catalog/Cover';
import { Icon } from '../../shell/Icon';
import { Tabs } from '../../shell/Tabs';
import type { CueSheet, Track } from '../../wire/contract';
import { LyricsPane } from '../LyricsPane';
import { createDesk } from './desk';
import { timedCount } from './draft';
import { bindTimingKeys } from './keys';
import { LineList } from './LineList';
import { TapBar } from './TapBar';
import { WordsForm } from './WordsForm';

type Tab = 'words' | 'tap' | 'preview';

/** A song, its words, and the tools that bring them together. */
export function TimingDesk(props: { track: Track; sheet: CueSheet | undefined }): JSX.Element {
  const desk = createDesk(props.track, props.sheet);
  const [tab, setTab] = createSignal<Tab>(desk.draft().lines.length > 0 ? 'tap' : 'words');
  bindTimingKeys(desk.actions, () => tab() === 'tap');

  /** After a click the space bar goes on tapping: it must not press the clicked button again. */
  function giveFocusBack(event: MouseEvent): void {
    const button = event.target instanceof Element && event.target.closest('button:not([role="tab"], [aria-expanded])');
    if (event.detail > 0 && button) document.querySelector<HTMLElement>('.tap')?.focus({ preventScroll: true });
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys leave the focus where it is.
    <section class="timing" aria-label="Timing lyrics" onClick={giveFocusBack}>
      <header class="stage-head">
        <a class="icon-button" href={desk.home()} aria-label="Back to the song">
          <Icon name="back" />
        </a>
        <Cover track={props.track} eager />
        <div class="grow">
          <h1 class="ellipsis">{props.track.title}</h1>
          <p class="dim small num" role="status">
            {timedCount(desk.draft())} of {desk.draft().lines.length} lines timed
          </p>
        </div>
        <HistoryButton name="undo" label="Undo" steps={desk.history().past.length} onClick={desk.actions.undo} />
        <HistoryButton name="redo" label="Redo" steps={desk.history().future.length} onClick={desk.actions.redo} />
        <button
          type="button"
          class="button primary"
          disabled={desk.busy() || desk.draft().lines.length === 0}
          onClick={() => void desk.publish()}
        >
          {desk.busy() ? 'Publishing…' : 'Publish'}
        </button>
      </header>
      <Show when={desk.refusal()}>
        {(why) => (
          <p role="alert" class="form-refusal timing-refusal">
            {why().message}
            {why().line ? ` (line ${why().line})` : ''}
          </p>
        )}
      </Show>
      <Show when={desk.wasKept}>
        <p class="chip timing-kept">
          Your unfinished work is back.
          <button type="button" class="text-link" onClick={desk.startOver}>
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
              draft={desk.draft()}
              onWords={(next) => {
                desk.change(() => next);
                setTab('tap');
              }}
            />
          </Match>
          <Match when={tab() === 'tap'}>
            <LineList
              draft={desk.draft()}
              unit={desk.unit()}
              onUnit={desk.setUnit}
              change={desk.change}
              onLine={desk.goToLine}
              onPlayFrom={desk.bench.playFrom}
            />
          </Match>
          <Match when={tab() === 'preview'}>
            <LyricsPane
              sheet={desk.preview()}
              durationMs={props.track.durationMs}
              positionMs={desk.bench.positionMs}
              onLine={desk.bench.playFrom}
            />
          </Match>
        </Switch>
      </div>
      <TapBar
        track={props.track}
        draft={desk.draft()}
        bench={desk.bench}
        unit={desk.unit()}
        actions={desk.actions}
        tapping={tab() === 'tap'}
      />
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
