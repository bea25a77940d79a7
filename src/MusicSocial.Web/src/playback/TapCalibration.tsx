import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { PlayoutClock } from '../audio/playoutClock';
import { useApp } from '../shell/app';
import { lateness, tapsNeeded } from './calibration';

const everyMs = 800;
const clicks = 40;

/** Clicks to tap along with: what the taps are late, the loudspeakers are late. */
export function TapCalibration(): JSX.Element {
  const { player } = useApp();
  const [taps, setTaps] = createSignal<readonly number[]>([]);
  const [running, setRunning] = createSignal(false);
  let context: AudioContext | undefined;
  let playout: PlayoutClock | undefined;
  let sampling = 0;
  let firstAt = 0;

  function stop(): void {
    clearInterval(sampling);
    void context?.close();
    context = undefined;
    setRunning(false);
  }

  function start(): void {
    setTaps([]);
    setRunning(true);
    const audio = new AudioContext();
    context = audio;
    playout = new PlayoutClock(audio);
    sampling = window.setInterval(() => playout?.sample(), 50);
    firstAt = audio.currentTime + 1;
    for (let click = 0; click < clicks; click++) {
      const at = firstAt + (click * everyMs) / 1_000;
      const tone = new OscillatorNode(audio, { frequency: click % 4 === 0 ? 1_600 : 1_100 });
      const shape = new GainNode(audio, { gain: 0 });
      shape.gain.setValueAtTime(0.5, at).exponentialRampToValueAtTime(0.001, at + 0.04);
      tone.connect(shape).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.05);
      if (click === clicks - 1) tone.onended = stop;
    }
  }

  function tap(): void {
    if (playout?.ready) setTaps([...taps(), playout.heard * 1_000]);
  }

  const late = () => lateness(taps(), firstAt * 1_000, everyMs);
  onCleanup(stop);
  return (
    <div class="calibration">
      <Show
        when={running()}
        fallback={
          <button type="button" class="button" onClick={start}>
            Measure by tapping along
          </button>
        }
      >
        <button
          type="button"
          class="button primary"
          onPointerDown={tap}
          onKeyDown={(e) => e.key === ' ' && !e.repeat && tap()}
        >
          Tap with every click ({Math.min(taps().length, tapsNeeded)}/{tapsNeeded})
        </button>
        <button type="button" class="button" onClick={stop}>
          Stop
        </button>
      </Show>
      <Show when={late()}>
        {(ms) => (
          <button
            type="button"
            class="button"
            onClick={() => {
              player.settings.setDeviceOffset(Math.round(ms()));
              stop();
            }}
          >
            Use {Math.round(ms())} ms
          </button>
        )}
      </Show>
    </div>
  );
}
