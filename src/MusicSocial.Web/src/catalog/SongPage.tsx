import { createEffect, createMemo, createResource, createSignal, type JSX, Show } from 'solid-js';
import { Bubbles } from '../comments/Bubbles';
import { CommentsPanel } from '../comments/CommentsPanel';
import { createPinned } from '../comments/pinned';
import { createThread } from '../comments/thread';
import { FriendsRail } from '../friends/FriendsRail';
import { LyricsOrNot } from '../lyrics/LyricsOrNot';
import { LyricsUpload } from '../lyrics/LyricsUpload';
import { createLyrics } from '../lyrics/lyricsOf';
import { seekOrPreview } from '../playback/seekOrPreview';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links, navigate } from '../shell/router';
import { Sheet } from '../shell/Sheet';
import { colourFrom } from '../shell/theme';
import { clockText } from '../shell/time';
import { notify } from '../shell/toasts';
import { isRefusal } from '../wire/refusal';
import { Cover } from './Cover';
import { PlayOrQueue } from './SongCard';

export function SongPage(props: { id: string; fromMs?: number | undefined }): JSX.Element {
  const { api, player, room } = useApp();
  const [missing, setMissing] = createSignal(false);
  const [track] = createResource(
    () => props.id,
    (id) =>
      api.track(id).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        setMissing(true);
        return undefined;
      }),
  );
  const thread = createThread(() => props.id);
  const lyrics = createLyrics(
    () => track.latest?.id,
    () => track.latest?.hasLyrics === true,
    thread.lyricsChanged,
  );
  const isHeard = createMemo(() => player.track()?.id === props.id);
  const position = () => (isHeard() ? player.positionMs() : undefined);
  const pinned = createPinned(() => props.id, position, thread.latest);

  createEffect(() => colourFrom(track.latest?.coverUrl));
  createEffect(() => {
    document.title = track.latest ? `${track.latest.title} · MusicSocial` : 'MusicSocial';
  });

  /** Plays a chosen second: by seeking for a listener who is alone or controls the room, otherwise as a preview. */
  function goTo(positionMs: number): void {
    const song = track.latest;
    if (song === undefined) return;
    if (isHeard()) return seekOrPreview(player, room.permissions()?.control === true, positionMs);
    if (player.source().kind === 'none' || player.source().kind === 'solo') player.playSolo(song, positionMs);
  }

  /** A link to a moment plays from there; a user who listens with others is asked first. */
  createEffect(() => {
    const song = track();
    const { fromMs } = props;
    if (song === undefined || fromMs === undefined) return;
    navigate(links.song(song.id), true);
    const play = () => player.playSolo(song, Math.min(fromMs, song.durationMs));
    if (player.source().kind === 'none' || player.source().kind === 'solo') play();
    else {
      const leave = () => {
        room.leave();
        play();
      };
      notify(`This link leads to ${clockText(fromMs)}.`, { action: { label: 'Leave and play', run: leave } });
    }
  });

  return (
    <Show when={!missing()} fallback={<NotHere />}>
      <div class="stage">
        <FriendsRail />
        <section class="centre" aria-label="Song">
          <Show when={track.latest}>
            {(song) => (
              <>
                <header class="stage-head">
                  <Cover track={song()} eager />
                  <div class="grow">
                    <h1 class="ellipsis">{song().title}</h1>
                    <p class="dim ellipsis">{[song().artist, song().album].filter(Boolean).join(' — ')}</p>
                  </div>
                  <Show when={lyrics.sheet()}>
                    <LyricsUpload replaces trackId={song().id} onUploaded={(sheet) => lyrics.put(sheet)} />
                  </Show>
                  <PlayOrQueue track={song()} />
                </header>
                <LyricsOrNot track={song()} lyrics={lyrics} positionMs={() => position() ?? -1} onLine={goTo} />
              </>
            )}
          </Show>
          <Bubbles comments={pinned()} latest={isHeard() ? thread.latest() : undefined} positionMs={position} />
        </section>
        <Sheet label="Comments">
          <CommentsPanel thread={thread} trackId={props.id} roomId={undefined} positionMs={position} onSeek={goTo} />
        </Sheet>
      </div>
    </Show>
  );
}

function NotHere(): JSX.Element {
  return (
    <div class="page blank">
      <Icon name="music" size={34} />
      <h1>This song is not here</h1>
      <p>It may have been moved or removed from the library.</p>
      <a class="button primary" href={links.home}>
        All songs
      </a>
    </div>
  );
}
