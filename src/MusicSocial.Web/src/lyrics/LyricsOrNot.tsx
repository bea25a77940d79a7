import { type JSX, Match, mergeProps, Switch } from 'solid-js';
import { Cover } from '../catalog/Cover';
import { Icon } from '../shell/Icon';
import { links } from '../shell/router';
import type { Track } from '../wire/contract';
import { LyricsPane } from './LyricsPane';
import { LyricsTools } from './LyricsTools';
import { LyricsUpload } from './LyricsUpload';
import type { Lyrics } from './lyricsOf';
import { lyricsOffsetMs } from './preferences';
import './noLyrics.css';

/** The middle of a page: lyrics, or why there are none. */
export function LyricsOrNot(props: {
  track: Track;
  lyrics: Lyrics;
  positionMs: () => number;
  /** A line was chosen, by its start. */
  onLine: (startMs: number) => void;
}): JSX.Element {
  const isInstrumental = () => {
    const sheet = props.lyrics.sheet();
    return sheet?.lines.every((line) => line.text.trim() === '') === true;
  };
  const pane = {
    positionMs: () => props.positionMs() - lyricsOffsetMs(props.track.id),
    onLine: (startMs: number) => props.onLine(startMs + lyricsOffsetMs(props.track.id)),
    get durationMs() {
      return props.track.durationMs;
    },
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
        {(sheet) => {
          const shown = mergeProps(pane, {
            get sheet() {
              return sheet();
            },
          });
          return (
            <>
              <LyricsPane {...shown} />
              <LyricsTools {...shown} track={props.track} onSheet={(changed) => props.lyrics.put(changed)} />
            </>
          );
        }}
      </Match>
      <Match when={props.lyrics.none()}>
        <div class="no-lyrics">
          <Cover track={props.track} eager />
          <p class="dim">No lyrics for this song yet.</p>
          <div class="row wrap">
            <LyricsUpload trackId={props.track.id} onUploaded={(sheet) => props.lyrics.put(sheet)} />
            <a class="button quiet" href={links.timing(props.track.id)}>
              <Icon name="tap" /> Write and time them
            </a>
          </div>
        </div>
      </Match>
    </Switch>
  );
}
