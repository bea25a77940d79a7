import { type JSX, Match, Show, Switch } from 'solid-js';
import { LyricsPane, type LyricsPaneProps } from '../playback/LyricsPane';
import { Icon } from '../shell/Icon';
import { lyricsOffsetMs } from '../shell/preferences';
import type { Track } from '../wire/contract';
import { Cover } from './Cover';
import { LyricsOffset } from './LyricsOffset';
import { LyricsUpload } from './LyricsUpload';
import type { Lyrics } from './lyricsOf';
import './song.css';

/** The middle of a page: lyrics, or a good reason why there are none. */
export function LyricsOrNot(
  props: Omit<LyricsPaneProps, 'sheet' | 'durationMs'> & { track: Track; lyrics: Lyrics },
): JSX.Element {
  const isInstrumental = () => {
    const sheet = props.lyrics.sheet();
    return sheet?.lines.every((line) => line.text.trim() === '') === true;
  };
  return (
    <Switch>
      <Match when={isInstrumental()}>
        <div class="no-lyrics">
          <Cover track={props.track} eager />
          <p class="chip">
            <Icon name="music" size={14} /> Instrumental: just listen
          </p>
        </div>
      </Match>
      <Match when={props.lyrics.sheet()}>
        {(sheet) => (
          <>
            <LyricsPane
              sheet={sheet()}
              durationMs={props.track.durationMs}
              positionMs={() => props.positionMs() - lyricsOffsetMs(props.track.id)}
              turn={props.turn}
              playing={props.playing}
              onLine={(startMs) => props.onLine(startMs + lyricsOffsetMs(props.track.id))}
            />
            <Show when={sheet().synced}>
              <LyricsOffset trackId={props.track.id} />
            </Show>
          </>
        )}
      </Match>
      <Match when={props.lyrics.none()}>
        <div class="no-lyrics">
          <Cover track={props.track} eager />
          <p class="dim">No lyrics for this song yet.</p>
          <LyricsUpload trackId={props.track.id} onUploaded={(sheet) => props.lyrics.put(sheet)} />
        </div>
      </Match>
    </Switch>
  );
}
