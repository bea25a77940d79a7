import { type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { newId } from '../shell/platform';
import { links } from '../shell/router';
import { notify } from '../shell/toasts';
import type { Track } from '../wire/contract';
import { Cover } from './Cover';

export function SongCard(props: { track: Track }): JSX.Element {
  return (
    <li class="song-card">
      <a href={links.song(props.track.id)}>
        <Cover track={props.track} />
        <strong class="ellipsis">{props.track.title}</strong>
        <span class="dim small ellipsis">{props.track.artist}</span>
      </a>
      <PlayOrQueue track={props.track} class="song-play" />
    </li>
  );
}

/** One round button: it queues in a room whose queue the user may change, and plays here otherwise. */
export function PlayOrQueue(props: { track: Track; class?: string }): JSX.Element {
  const { player, room } = useApp();
  const queues = () => room.permissions()?.enqueue === true;
  const isThis = () => player.source().kind === 'solo' && player.track()?.id === props.track.id;
  const label = () =>
    queues() ? `Queue ${props.track.title}` : isThis() && player.playing() ? 'Pause' : `Play ${props.track.title}`;

  async function act(): Promise<void> {
    if (queues()) {
      await room.command((hub, id) => hub.enqueue(id, props.track.id, newId()));
      notify(`“${props.track.title}” is in the queue.`);
    } else if (isThis()) player.toggle();
    else {
      room.leave();
      player.playSolo(props.track);
    }
  }

  return (
    <button
      type="button"
      class={`play-button ${props.class ?? ''}`}
      aria-label={label()}
      title={label()}
      onClick={() => void act()}
    >
      <Show when={queues()} fallback={<Icon name={isThis() && player.playing() ? 'pause' : 'play'} size={20} />}>
        <Icon name="plus" size={20} />
      </Show>
    </button>
  );
}
