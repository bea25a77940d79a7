import { For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Cover } from '../catalog/Cover';
import { createPages } from '../catalog/pages';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links } from '../shell/router';
import { isPlaying } from '../timeline/timeline';
import type { Room } from '../wire/contract';

const refreshMs = 15_000;

export function RoomDirectory(props: { onCreate: () => void }): JSX.Element {
  const { api } = useApp();
  const pages = createPages((cursor) => api.rooms(cursor));
  onMount(() => {
    void pages.restart();
    const id = setInterval(() => document.visibilityState === 'visible' && void pages.restart(), refreshMs);
    onCleanup(() => clearInterval(id));
  });
  return (
    <>
      <ul class="room-grid">
        <For each={pages.items()}>{(room) => <RoomCard room={room} />}</For>
        <li>
          <button type="button" class="room-card new" onClick={() => props.onCreate()}>
            <span class="cover no-cover">
              <Icon name="plus" size={26} />
            </span>
            <span class="grow">
              <strong>{pages.items().length > 0 ? 'Start another room' : 'Start the first room'}</strong>
              <span class="dim small">Pick songs, share the link, listen as one.</span>
            </span>
          </button>
        </li>
      </ul>
      <Show when={pages.more()}>
        <p class="more">
          <button type="button" class="button" onClick={() => void pages.loadMore()}>
            More rooms
          </button>
        </p>
      </Show>
    </>
  );
}

function RoomCard(props: { room: Room }): JSX.Element {
  const track = () => props.room.current?.track;
  const caption = () => {
    const playing = track();
    return playing ? [playing.title, playing.artist].filter(Boolean).join(' · ') : 'Nothing playing yet';
  };
  const host = () => props.room.members.find((member) => member.user.id === props.room.hostId)?.user;
  return (
    <li>
      <a class="room-card" href={links.room(props.room.code)}>
        <Cover track={track()} />
        <span class="grow">
          <strong class="ellipsis">{props.room.name}</strong>
          <span class="dim small ellipsis">{caption()}</span>
          <span class="row small dim">
            <Show when={isPlaying(props.room.timeline)}>
              <Bars />
            </Show>
            <span class="num">{props.room.listeners} listening</span>
            <Show when={host()}>{(user) => <span class="ellipsis">with {user().displayName}</span>}</Show>
          </span>
        </span>
      </a>
    </li>
  );
}

/** Three moving bars: music is playing. */
export function Bars(): JSX.Element {
  return (
    <span class="bars" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
