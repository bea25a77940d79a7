import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { directionOf, interludes, isSecondSinger, timedLines } from '../lyrics/cues';
import { layersOf } from '../lyrics/layers';
import { Icon } from '../shell/Icon';
import type { CueLine, CueSheet } from '../wire/contract';
import { LyricsView } from './lyricsView';
import './lyrics.css';

export interface LyricsPaneProps {
  sheet: CueSheet;
  durationMs: number;
  positionMs: () => number;
  /** Changes when the position jumped; while playing the frames run by themselves. */
  turn: () => number;
  playing: () => boolean;
  /** A line was chosen, by its start. */
  onLine: (startMs: number) => void;
}

/** The words of the song, following the sound. */
export function LyricsPane(props: LyricsPaneProps): JSX.Element {
  let scroller!: HTMLDivElement;
  let view: LyricsView | undefined;
  let frame = 0;
  const [following, setFollowing] = createSignal(true);
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const timed = createMemo(() => timedLines(props.sheet, props.durationMs));
  const gapBefore = createMemo(
    () => new Map(interludes(timed()).map((gap) => [timed()[gap.beforeLine]?.line.index, gap])),
  );

  function run(at: number): void {
    view?.frame(props.positionMs(), at);
    frame = requestAnimationFrame(run);
  }

  onMount(() => {
    view = new LyricsView(scroller, setFollowing, () => reduced.matches);
    createEffect(
      on(
        () => props.sheet,
        (sheet) => view?.show(sheet, props.durationMs),
      ),
    );
    frame = requestAnimationFrame(run);
    onCleanup(() => cancelAnimationFrame(frame));
  });

  return (
    <div class="lyrics-holder">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only notices that a hand scrolls; the lines inside are buttons. */}
      <div
        class="lyrics"
        classList={{ unsynced: !props.sheet.synced }}
        ref={scroller}
        onWheel={() => view?.takeOver()}
        onTouchMove={() => view?.takeOver()}
        onKeyDown={(event) => ['PageUp', 'PageDown', 'Tab'].includes(event.key) && view?.takeOver()}
      >
        <Show when={!props.sheet.synced}>
          <p class="chip unsynced-note">These lyrics have no timing, so they stay still.</p>
        </Show>
        <ol lang={props.sheet.language ?? undefined}>
          <For each={props.sheet.lines}>
            {(line) => (
              <>
                <Show when={gapBefore().get(line.index)}>
                  <Dots />
                </Show>
                <Line
                  line={line}
                  second={isSecondSinger(props.sheet, line)}
                  language={props.sheet.language}
                  onLine={props.onLine}
                  wordSynced={props.sheet.wordSynced}
                />
              </>
            )}
          </For>
        </ol>
      </div>
      <Show when={!following() && props.sheet.synced}>
        <button type="button" class="button follow-button" onClick={() => view?.follow()}>
          <Icon name="wave" /> Follow
        </button>
      </Show>
    </div>
  );
}

function Dots(): JSX.Element {
  return (
    <li class="gap" data-gap="" aria-hidden="true">
      <i />
      <i />
      <i />
    </li>
  );
}

function Line(props: {
  line: CueLine;
  second: boolean;
  language: string | null | undefined;
  onLine: LyricsPaneProps['onLine'];
  wordSynced: boolean;
}): JSX.Element {
  const start = () => props.line.startMs;
  const sung = () => (
    <Show when={props.line.words.length > 0} fallback={props.line.text}>
      <For each={props.line.words}>{(word) => <span class="word">{word.text}</span>}</For>
    </Show>
  );
  return (
    <li
      class="line"
      classList={{
        background: props.line.role === 'bg',
        second: props.second,
        swept: props.line.words.length > 0,
      }}
      data-line={props.line.index}
      dir={directionOf(props.line.text)}
    >
      <Show when={props.line.text.trim() !== ''} fallback={<span aria-hidden="true">&nbsp;</span>}>
        <button
          type="button"
          disabled={typeof start() !== 'number'}
          onClick={() => {
            const at = start();
            if (typeof at === 'number') props.onLine(at);
          }}
        >
          {sung()}
          <For each={layersOf(props.line, props.language, navigator.languages)}>
            {(layer) => (
              <span class="translation" lang={layer.language} dir={directionOf(layer.text)}>
                {layer.text}
              </span>
            )}
          </For>
        </button>
      </Show>
    </li>
  );
}
