import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Icon } from '../../shell/Icon';
import { Keys } from '../../shell/Keys';
import { Menu } from '../../shell/Menu';
import type { Track } from '../../wire/contract';
import { directionOf } from '../language';
import type { Draft, TimingUnit } from './draft';
import { type TimingActions, timingKeys } from './keys';
import { preciseText } from './text';
import { rates, type Workbench } from './workbench';

/** At the bottom, in reach of a thumb: the song, and the button that times it. */
export function TapBar(props: {
  track: Track;
  draft: Draft;
  bench: Workbench;
  unit: TimingUnit;
  actions: TimingActions;
  tapping: boolean;
}): JSX.Element {
  const [position, setPosition] = createSignal(0);
  const [pressed, setPressed] = createSignal(0);
  const waiting = () => props.draft.lines[props.draft.line];
  const next = () => {
    const line = waiting();
    return props.unit === 'words' ? line?.words[props.draft.word]?.text.trim() : line?.text;
  };

  const place = () => (rates as readonly number[]).indexOf(props.bench.rate());
  const turnTo = (at: number) => {
    const rate = rates[at];
    if (rate !== undefined) props.bench.setRate(rate);
  };

  onMount(() => {
    const timer = setInterval(() => setPosition(props.bench.positionMs()), 100);
    onCleanup(() => clearInterval(timer));
  });

  return (
    <footer class="tap-bar">
      <div class="tap-seek">
        <span class="num small">{preciseText(position())}</span>
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={preciseText(position())}
          min="0"
          max={props.track.durationMs}
          step="100"
          value={position()}
          onInput={(event) => props.bench.seek(Number(event.currentTarget.value))}
        />
      </div>
      <div class="tap-row">
        <button
          type="button"
          class="icon-button"
          aria-label="Three seconds back"
          title="Three seconds back"
          onClick={props.actions.back}
        >
          <Icon name="previous" size={20} />
        </button>
        <button
          type="button"
          class="play-button"
          aria-label={props.bench.playing() ? 'Pause' : 'Play'}
          onClick={() => props.bench.toggle()}
        >
          <Icon name={props.bench.playing() ? 'pause' : 'play'} size={22} />
        </button>
        <div class="stepper" role="group" aria-label="Speed">
          <button
            type="button"
            class="icon-button tiny"
            aria-label="Slower"
            disabled={place() <= 0}
            onClick={() => turnTo(place() - 1)}
          >
            −
          </button>
          <output class="num">{props.bench.rate()}×</output>
          <button
            type="button"
            class="icon-button tiny"
            aria-label="Faster"
            disabled={place() >= rates.length - 1}
            onClick={() => turnTo(place() + 1)}
          >
            +
          </button>
        </div>
        <Show when={props.tapping}>
          <button
            type="button"
            class="button"
            onPointerDown={(event) => event.button === 0 && props.actions.end(event)}
            onClick={(event) => event.detail === 0 && props.actions.end(event)}
          >
            Line ends
          </button>
        </Show>
        <Menu label="Keys" trigger={<Icon name="help" />}>
          <Keys keys={timingKeys} class="tap-keys" />
        </Menu>
      </div>
      <Show when={props.tapping}>
        {/* A tap counts when the finger comes down; the click after it says nothing new, unless a screen reader made it. */}
        <button
          type="button"
          class="tap"
          disabled={waiting() === undefined}
          data-beat={pressed() % 2}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            setPressed((count) => count + 1);
            props.actions.tap(event);
          }}
          onClick={(event) => event.detail === 0 && props.actions.tap(event)}
        >
          <Show when={waiting()} fallback="Every line is timed. Have a look at the preview.">
            <span class="small">Tap when it begins</span>
            <strong class="ellipsis" dir={directionOf(next() ?? '')}>
              {next()}
            </strong>
          </Show>
        </button>
      </Show>
    </footer>
  );
}
