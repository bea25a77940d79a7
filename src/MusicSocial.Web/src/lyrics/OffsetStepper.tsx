import { type JSX, Show } from 'solid-js';
import { offsetStepMs } from './preferences';

export const offsetText = (ms: number) => (ms === 0 ? 'on time' : `${ms > 0 ? '+' : '−'}${Math.abs(ms)} ms`);

/** Moves lyrics in small steps: earlier, later, back on time. */
export function OffsetStepper(props: { label: string; ms: number; onMove: (toMs: number) => void }): JSX.Element {
  return (
    <div class="stepper" role="group" aria-label={props.label}>
      <span class="grow">{props.label}</span>
      <Show when={props.ms !== 0}>
        <button type="button" class="chip" aria-label={`${props.label}: back on time`} onClick={() => props.onMove(0)}>
          Reset
        </button>
      </Show>
      <button
        type="button"
        class="icon-button tiny"
        aria-label={`${props.label}: 50 ms earlier`}
        onClick={() => props.onMove(props.ms - offsetStepMs)}
      >
        −
      </button>
      <output class="num">{offsetText(props.ms)}</output>
      <button
        type="button"
        class="icon-button tiny"
        aria-label={`${props.label}: 50 ms later`}
        onClick={() => props.onMove(props.ms + offsetStepMs)}
      >
        +
      </button>
    </div>
  );
}
