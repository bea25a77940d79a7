import { createResource, For, type JSX, Show } from 'solid-js';
import { SongCard } from '../catalog/SongCard';
import { useApp } from '../shell/app';

/** Shown in a room without a current track: how to start the music. */
export function EmptyRoom(props: { onQueue: () => void }): JSX.Element {
  const { api, room } = useApp();
  const permissions = () => room.permissions();
  const invitation = () => {
    const waiting = room.upcoming().length;
    const songs = waiting === 1 ? 'One song is' : `${waiting} songs are`;
    if (waiting > 0 && permissions()?.control)
      return `${songs} queued: press play, and everyone hears it at the same moment.`;
    if (waiting > 0) return `${songs} queued. The music begins when the host or a DJ presses play.`;
    if (permissions()?.enqueue) return 'Queue a song and press play: everyone in the room hears it at the same moment.';
    return 'The host has not put anything on yet. Lyrics appear here as soon as music plays.';
  };
  const [songs] = createResource(() => api.tracks('', undefined, 8).catch(() => undefined));
  return (
    <div class="empty-room">
      <div class="blank">
        <h2>It is quiet in here</h2>
        <p>{invitation()}</p>
      </div>
      <Show when={permissions()?.enqueue}>
        <ul class="song-grid">
          <For each={songs.latest?.items}>{(track) => <SongCard track={track} />}</For>
        </ul>
        <button type="button" class="button" onClick={() => props.onQueue()}>
          Search the library
        </button>
      </Show>
    </div>
  );
}
