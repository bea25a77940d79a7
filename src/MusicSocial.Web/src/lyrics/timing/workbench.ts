import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { AudioPlayers } from '../../audio/audioPlayers';
import { SoloPlayer } from '../../playback/soloPlayer';
import type { Track } from '../../wire/contract';

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The song on the timing desk: played for this user alone, back and forth, slower and faster. */
export interface Workbench {
  playing: Accessor<boolean>;
  rate: Accessor<number>;
  positionMs(): number;
  /** The audible position at the moment of an event, however late it is handled. */
  heardAt(event: Event): number;
  toggle(): void;
  seek(positionMs: number): void;
  playFrom(positionMs: number): void;
  setRate(rate: number): void;
}

export function createWorkbench(track: Track, volume: number, loudspeakerDelayMs: number): Workbench {
  const elements = new AudioPlayers('keepPitch');
  const [playing, setPlaying] = createSignal(false);
  const [rate, setRate] = createSignal(1);
  const solo = new SoloPlayer(elements, () => setPlaying(solo.playing));
  elements.volume = volume;
  solo.open({ trackId: track.id, url: track.audioUrl }, 0);

  const positionMs = () => Math.max(0, Math.min(track.durationMs, solo.positionMs));
  // The song also ends without a command.
  const watch = setInterval(() => setPlaying(solo.playing), 200);
  onCleanup(() => {
    clearInterval(watch);
    solo.stop();
  });

  return {
    playing,
    rate,
    positionMs,
    heardAt(event) {
      const ago = solo.playing ? performance.now() - event.timeStamp : 0;
      return Math.max(0, positionMs() - (ago + (solo.playing ? loudspeakerDelayMs : 0)) * rate());
    },
    toggle() {
      if (solo.playing) solo.pause();
      else void solo.play();
    },
    seek: (to) => solo.seek(Math.max(0, Math.min(track.durationMs, to))),
    playFrom(to) {
      solo.seek(Math.max(0, to));
      if (!solo.playing) void solo.play();
    },
    setRate(next) {
      elements.setRate(setRate(next));
    },
  };
}
