import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { Icon } from '../shell/Icon';
import type { CueLine, CueSheet } from '../wire/contract';
import { interludes, isSecondSinger, timedLines } from './cues';
import { directionOf } from './language';
import { layersOf, type Readings, readings } from './layers';
import { LyricsView } from './lyricsView';
import { layerChoice } from './preferences';
import './lyrics.css';

export interface LyricsPaneProps {
  sheet: CueSheet;
  durationMs: number;
  positionMs: () => number;
  /** A line was chosen, by its start. */
  onLine: (startMs: number) => void;
  /** Large and in the middle, to be read from across the room. */
  karaoke?: boolean;
}

/** The words of the song, following the sound. */
export function LyricsPane(props: LyricsPaneProps): JSX.Element {
  let scroller!: HTMLDivElement;
  let view: LyricsView | undefined;
  let frame = 0;
  const [following, setFollowing] = createSignal(true);
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const gapBefore = createMemo(() => {
    const timed = timedLines(props.sheet, props.durationMs);
    return new Map(interludes(timed).map((gap) => [timed[gap.beforeLine]?.line.index, gap]));
  });
  const wanted = createMemo(() => readings(props.sheet, layerChoice(), navigator.languages));

  // What a frame writes is seen when the next one begins: it shows what will be sung then.
  let lastFrame = 0;
  let frameMs = 16;
  function run(at: number): void {
    const since = at - lastFrame;
    lastFrame = at;
    if (since < 100) frameMs += (since - frameMs) * 0.1;
    view?.frame(props.positionMs() + frameMs, at);
    frame = requestAnimationFrame(run);
  }

  onMount(() => {
    view = new LyricsView(scroller, setFollowing, () => reduced.matches);
    createEffect(on([() => props.sheet, wanted], ([sheet]) => view?.show(sheet, props.durationMs)));
    const resized = new ResizeObserver(() => view?.measureAgain());
    resized.observe(scroller);
    frame = requestAnimationFrame(run);
    onCleanup(() => {
      cancelAnimationFrame(frame);
      resized.disconnect();
    });
  });

  return (
    <div class="lyrics-holder" classList={{ karaoke: props.karaoke === true }}>
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
                <Line line={line} second={isSecondSinger(props.sheet, line)} wanted={wanted()} onLine={props.onLine} />
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
    <li class="gap num" data-gap="" aria-hidden="true">
      <i />
      <i />
      <i />
    </li>
  );
}

function Line(props: {
  line: CueLine;
  second: boolean;
  wanted: Readings;
  onLine: LyricsPaneProps['onLine'];
}): JSX.Element {
  const start = () => props.line.startMs;
  const empty = () => props.line.text.trim() === '';
  return (
    <li
      class="line"
      classList={{
        background: props.line.role === 'bg',
        second: props.second,
        swept: props.line.words.length > 0,
        empty: empty(),
      }}
      data-line={props.line.index}
      dir={directionOf(props.line.text)}
    >
      <Show when={!empty()}>
        <button
          type="button"
          disabled={typeof start() !== 'number'}
          onClick={() => {
            const at = start();
            if (typeof at === 'number') props.onLine(at);
          }}
        >
          <Sung line={props.line} above={props.wanted.above(props.line)} />
          <For each={layersOf(props.line, props.wanted)}>
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

/** The words, each with how it sounds above it where that is wanted. */
function Sung(props: { line: CueLine; above: readonly string[] | undefined }): JSX.Element {
  const words = () => props.line.words;
  return (
    <Show when={words().length > 0} fallback={props.line.text}>
      <For each={words()}>
        {(word, n) => (
          <Show when={props.above?.[n()]} fallback={<span class="word">{word.text}</span>}>
            {(reading) => (
              <ruby>
                <span class="word">{word.text}</span>
                <rt>{reading()}</rt>
              </ruby>
            )}
          </Show>
        )}
      </For>
    </Show>
  );
}
