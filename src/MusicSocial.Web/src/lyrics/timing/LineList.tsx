import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js';
import { Icon } from '../../shell/Icon';
import { directionOf } from '../language';
import { clearFrom, type Draft, type DraftLine, nudge, outOfOrder, shiftAll, type TimingUnit } from './draft';
import { preciseText } from './text';

const nudgeMs = 50;
const runUpMs = 1_000;
const grains: readonly [TimingUnit, string][] = [
  ['lines', 'Line by line'],
  ['words', 'Word by word'],
];

/** Every line with its time: to go to, to hear again, to move a little. */
export function LineList(props: {
  draft: Draft;
  unit: TimingUnit;
  onUnit: (unit: TimingUnit) => void;
  change: (next: (draft: Draft) => Draft) => void;
  onLine: (line: number) => void;
  onPlayFrom: (positionMs: number) => void;
}): JSX.Element {
  let list!: HTMLOListElement;
  const [shift, setShift] = createSignal(100);
  const wrong = createMemo(() => outOfOrder(props.draft));
  const shiftBy = (sign: number) => props.change((now) => shiftAll(now, sign * shift()));

  createEffect(
    on(
      () => props.draft.line,
      (line) => {
        const row = list.children[Math.min(line, list.children.length - 1)];
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        row?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
      },
    ),
  );

  return (
    <>
      <div class="timing-tools">
        <div class="stepper" role="group" aria-label="What a tap times">
          <For each={grains}>
            {([unit, text]) => (
              <button type="button" class="chip" aria-pressed={props.unit === unit} onClick={() => props.onUnit(unit)}>
                {text}
              </button>
            )}
          </For>
        </div>
        <fieldset class="stepper">
          <legend class="unseen">Move all lines</legend>
          <span>All lines</span>
          <button type="button" class="chip" onClick={() => shiftBy(-1)}>
            Earlier
          </button>
          <input
            class="input num"
            type="number"
            min="10"
            max="600000"
            step="10"
            aria-label="Milliseconds to move all lines by"
            value={shift()}
            onInput={(event) => setShift(Math.abs(Math.round(event.currentTarget.valueAsNumber)) || 0)}
          />
          <span>ms</span>
          <button type="button" class="chip" onClick={() => shiftBy(1)}>
            Later
          </button>
        </fieldset>
        <Show when={wrong().size > 0}>
          <p class="small timing-wrong">
            <Icon name="warning" size={14} /> {wrong().size} {wrong().size === 1 ? 'line begins' : 'lines begin'} before
            the one above
          </p>
        </Show>
      </div>
      <ol class="timing-lines" ref={list}>
        <For each={props.draft.lines}>
          {(line, n) => (
            <Row
              line={line}
              number={n() + 1}
              current={props.draft.line === n()}
              word={props.unit === 'words' && props.draft.line === n() ? props.draft.word : undefined}
              wrong={wrong().has(n())}
              onLine={() => props.onLine(n())}
              onPlay={() => props.onPlayFrom((line.startMs ?? 0) - runUpMs)}
              onNudge={(byMs) => props.change((now) => nudge(now, n(), byMs))}
              onClear={() => props.change((now) => clearFrom(now, n()))}
            />
          )}
        </For>
      </ol>
    </>
  );
}

function Row(props: {
  line: DraftLine;
  number: number;
  current: boolean;
  /** The word the next tap times. */
  word: number | undefined;
  wrong: boolean;
  onLine: () => void;
  onPlay: () => void;
  onNudge: (byMs: number) => void;
  onClear: () => void;
}): JSX.Element {
  const timed = () => props.line.startMs !== undefined;
  const named = (what: string) => `${what}, line ${props.number}`;
  return (
    <li
      class="timing-line"
      classList={{ current: props.current, wrong: props.wrong, background: props.line.kept.role === 'bg' }}
    >
      <button
        type="button"
        class="chip time"
        disabled={!timed()}
        aria-label={timed() ? named(`Hear it from ${preciseText(props.line.startMs ?? 0)}`) : named('No time yet')}
        onClick={() => props.onPlay()}
      >
        {timed() ? preciseText(props.line.startMs ?? 0) : '–:––'}
      </button>
      <button
        type="button"
        class="timing-text"
        dir={directionOf(props.line.text)}
        aria-current={props.current ? 'step' : undefined}
        onClick={() => props.onLine()}
      >
        <For each={props.line.words}>
          {(word, n) => (
            <span classList={{ timed: word.startMs !== undefined, next: props.word === n() }}>{word.text}</span>
          )}
        </For>
      </button>
      <Show when={timed()}>
        <button
          type="button"
          class="icon-button tiny"
          aria-label={named('50 ms earlier')}
          onClick={() => props.onNudge(-nudgeMs)}
        >
          −
        </button>
        <button
          type="button"
          class="icon-button tiny"
          aria-label={named('50 ms later')}
          onClick={() => props.onNudge(nudgeMs)}
        >
          +
        </button>
        <button
          type="button"
          class="icon-button tiny"
          aria-label={named('Forget the times from here on')}
          title="Forget the times from here on"
          onClick={() => props.onClear()}
        >
          <Icon name="close" size={14} />
        </button>
      </Show>
    </li>
  );
}
