import { createSignal, type JSX, onCleanup } from 'solid-js';
import { useApp } from '../shell/app';
import { SoundChoices } from './SoundChoices';
import { uncertaintyOf } from './syncText';
import { TapCalibration } from './TapCalibration';

const everyMs = 500;

/** Everything that says how exactly this device plays along, as it changes; and what a listener may set about it. */
export function SyncPanel(): JSX.Element {
  const { clock, player } = useApp();
  const read = () => ({
    ...clock.reading,
    errorMs: player.sync.errorMs(),
    rate: player.sync.rate(),
    engine: player.sync.engine(),
    isOpus: player.sync.hearsOpus(),
    latencyMs: player.sync.outputLatencyMs() ?? Number.NaN,
  });
  const [seen, setSeen] = createSignal(read());
  const id = setInterval(() => setSeen(read()), everyMs);
  onCleanup(() => clearInterval(id));
  const ms = (value: number, digits = 1) => (Number.isFinite(value) ? `${value.toFixed(digits)} ms` : '–');
  return (
    <>
      <h3>How exactly this device plays along</h3>
      <dl class="keys num">
        <dt class="dim">In sync within</dt>
        <dd>± {ms(uncertaintyOf(seen(), seen().errorMs))}</dd>
        <dt class="dim">Error now</dt>
        <dd>
          {ms(seen().errorMs, 2)}, {player.sync.corrections()} jumps
        </dd>
        <dt class="dim">Rate</dt>
        <dd>{((seen().rate - 1) * 1e6).toFixed(0)} ppm</dd>
        <dt class="dim">Round trip</dt>
        <dd>{ms(seen().roundTripMs)}</dd>
        <dt class="dim">Clock</dt>
        <dd>
          {ms(seen().offsetMs)} ± {ms(seen().boundMs)} (σ {ms(seen().sigmaMs, 2)}, drift {seen().driftPpm.toFixed(1)}{' '}
          ppm)
        </dd>
        <dt class="dim">Starts late by</dt>
        <dd>{ms(player.sync.startLatencyMs(), 0)}</dd>
        <dt class="dim">On its way to the loudspeaker</dt>
        <dd>{ms(seen().latencyMs)}</dd>
        <dt class="dim">Heard through</dt>
        <dd>
          {seen().engine === 'chunks' ? 'placed chunks' : 'the media element'}
          {seen().isOpus ? ', Opus' : ', original file'}
        </dd>
      </dl>
      <SoundChoices engine={seen().engine} />
      <label class="field">
        Loudspeaker delay: {player.settings.deviceOffsetMs()} ms
        <input
          type="range"
          min="-2000"
          max="2000"
          step="5"
          value={player.settings.deviceOffsetMs()}
          onInput={(event) => player.settings.setDeviceOffset(Number(event.currentTarget.value))}
        />
      </label>
      <TapCalibration />
      <p class="small dim">Move it if your loudspeakers sound late beside others, Bluetooth ones usually do.</p>
    </>
  );
}
