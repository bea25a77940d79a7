import { For, type JSX } from 'solid-js';
import { useApp } from './app';
import { Dialog } from './Dialog';
import { shortcuts } from './keyboard';
import { bubblesOn, setBubblesOn } from './preferences';

export function Help(props: { onClose: () => void }): JSX.Element {
  const { clock, player } = useApp();
  const reading = clock.reading;
  const ms = (value: number, digits = 1) => (Number.isFinite(value) ? `${value.toFixed(digits)} ms` : '–');
  return (
    <Dialog title="Keyboard and sync" onClose={props.onClose}>
      <dl class="keys">
        <For each={shortcuts}>
          {([key, meaning]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </>
          )}
        </For>
      </dl>
      <h3>How exactly this device plays along</h3>
      <dl class="keys num">
        <dt class="dim">Round trip</dt>
        <dd>{ms(reading.roundTripMs)}</dd>
        <dt class="dim">Clock</dt>
        <dd>
          ± {ms(reading.boundMs)} (σ {ms(reading.sigmaMs, 2)}, drift {reading.driftPpm.toFixed(1)} ppm)
        </dd>
        <dt class="dim">Error now</dt>
        <dd>
          {ms(player.errorMs())}, {player.corrections()} jumps
        </dd>
      </dl>
      <label class="switch">
        <input type="checkbox" checked={bubblesOn()} onChange={(event) => setBubblesOn(event.currentTarget.checked)} />
        <span>Comments rise over the lyrics</span>
      </label>
      <label class="field">
        Loudspeaker delay: {player.deviceOffsetMs()} ms
        <input
          type="range"
          min="-2000"
          max="2000"
          step="50"
          value={player.deviceOffsetMs()}
          onInput={(event) => player.setDeviceOffset(Number(event.currentTarget.value))}
        />
      </label>
      <p class="small dim">Move it if your loudspeakers sound late beside others, Bluetooth ones usually do.</p>
    </Dialog>
  );
}
