import type { JSX } from 'solid-js';
import { lyricsOffsetMs, moveLyrics } from '../shell/preferences';

const stepMs = 50;

/** Moves one song's lyrics a little, when whoever timed them heard it differently. */
export function LyricsOffset(props: { trackId: string }): JSX.Element {
  const shown = () => {
    const ms = lyricsOffsetMs(props.trackId);
    return ms === 0 ? 'Lyrics on time' : `Lyrics ${ms > 0 ? '+' : '−'}${Math.abs(ms)} ms`;
  };
  return (
    <div class="lyrics-offset chip num" role="group" aria-label="Timing of the lyrics">
      <button type="button" aria-label="Lyrics 50 ms earlier" onClick={() => moveLyrics(props.trackId, -stepMs)}>
        −
      </button>
      <span>{shown()}</span>
      <button type="button" aria-label="Lyrics 50 ms later" onClick={() => moveLyrics(props.trackId, stepMs)}>
        +
      </button>
    </div>
  );
}
