import { createMemo, type JSX, Match, Show, Switch } from 'solid-js';
import { Cover } from '../catalog/Cover';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links } from '../shell/router';
import { SeekBar } from './SeekBar';
import { SyncChip } from './SyncChip';
import './player.css';

/** The player at the bottom of every page. */
export function PlayerBar(): JSX.Element {
  const { player } = useApp();
  return (
    <Show when={player.source().kind !== 'none' && !player.aside()}>
      <section class="player" aria-label="Player">
        <SeekBar />
        <div class="player-row">
          <PlayingTrack />
          <Transport />
          <div class="player-end">
            <SyncChip />
            <Volume />
          </div>
        </div>
        <div role="status">
          <Show when={player.previewing()}>
            <div class="gesture">
              <button type="button" class="button preview" onClick={() => player.endPreview()}>
                <Icon name="headphones" /> Preview · Back in sync
              </button>
            </div>
          </Show>
        </div>
        <Show when={player.state() === 'refused'}>
          <div class="gesture">
            <button type="button" class="button primary big" onClick={() => player.unlock()}>
              <Icon name="headphones" size={20} /> Tap to hear it
            </button>
          </div>
        </Show>
      </section>
    </Show>
  );
}

function PlayingTrack(): JSX.Element {
  const { player, room } = useApp();
  const href = createMemo(() => {
    const source = player.source();
    if (source.kind === 'room') return links.room(source.code);
    const track = player.track();
    return track ? links.song(track.id) : links.home;
  });
  const place = () => {
    const source = player.source();
    if (source.kind === 'room') return `in ${room.room()?.name ?? source.name}`;
    if (source.kind === 'along') return `along with ${source.user.displayName}`;
    return '';
  };
  return (
    <a class="now-heard" href={href()}>
      <Cover track={player.track()} eager />
      <span class="grow">
        <strong class="ellipsis">{player.track()?.title ?? 'Nothing playing'}</strong>
        <span class="dim small ellipsis">{[player.track()?.artist, place()].filter(Boolean).join(' · ')}</span>
      </span>
    </a>
  );
}

function Transport(): JSX.Element {
  const { player, room } = useApp();
  const source = () => player.source().kind;
  const votes = () => {
    const cast = room.votes();
    return cast ? ` ${cast.votes}/${cast.needed}` : '';
  };
  const mayControl = () => source() === 'solo' || (source() === 'room' && room.permissions()?.control === true);
  return (
    <div class="transport">
      <Show when={mayControl()}>
        <button type="button" class="icon-button" aria-label="Previous" onClick={() => player.previous()}>
          <Icon name="previous" size={20} />
        </button>
        <button
          type="button"
          class="play-button"
          aria-label={player.playing() ? 'Pause' : 'Play'}
          aria-busy={player.state() === 'loading'}
          disabled={!player.track() && !(room.room()?.queue.length ?? 0)}
          onClick={() => player.toggle()}
        >
          <Icon name={player.playing() ? 'pause' : 'play'} size={22} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Next"
          disabled={source() === 'solo'}
          onClick={() => player.next()}
        >
          <Icon name="next" size={20} />
        </button>
      </Show>
      <Switch>
        <Match when={source() === 'along'}>
          <button type="button" class="button" onClick={() => player.stop()}>
            Stop listening along
          </button>
        </Match>
        <Match when={room.permissions()?.voteSkip && room.room()?.timeline.itemId}>
          {(itemId) => (
            <button
              type="button"
              class="button vote"
              aria-label={`Vote to skip${votes()}`}
              onClick={() => void room.command((hub, id) => hub.voteSkip(id, itemId()))}
            >
              <Icon name="next" size={16} /> <span>Vote to skip</span>
              {votes()}
            </button>
          )}
        </Match>
      </Switch>
    </div>
  );
}

function Volume(): JSX.Element {
  const { player } = useApp();
  let before = 1;
  const toggle = () => {
    if (player.settings.volume() > 0) before = player.settings.volume();
    player.settings.setVolume(player.settings.volume() > 0 ? 0 : before);
  };
  return (
    <div class="volume">
      <button
        type="button"
        class="icon-button"
        aria-label={player.settings.volume() > 0 ? 'Mute' : 'Unmute'}
        onClick={toggle}
      >
        <Icon name={player.settings.volume() > 0 ? 'volume' : 'muted'} />
      </button>
      <input
        type="range"
        aria-label="Volume"
        min="0"
        max="1"
        step="0.01"
        value={player.settings.volume()}
        onInput={(event) => player.settings.setVolume(Number(event.currentTarget.value))}
      />
    </div>
  );
}
