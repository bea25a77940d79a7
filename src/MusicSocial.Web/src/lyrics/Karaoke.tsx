import { type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Cover } from '../catalog/Cover';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { keepScreenOn } from '../shell/platform';
import type { Track } from '../wire/contract';
import { LyricsPane, type LyricsPaneProps } from './LyricsPane';
import './karaoke.css';

/** The words alone, large enough to sing from across the room. */
export function Karaoke(props: LyricsPaneProps & { track: Track; onClose: () => void }): JSX.Element {
  const { player, room } = useApp();
  let dialog!: HTMLDialogElement;
  let releaseScreen = () => {};
  const mayControl = () => player.source().kind === 'solo' || room.permissions()?.control === true;
  const isHeard = () => player.track()?.id === props.track.id;

  const leftFullScreen = () => document.fullscreenElement === null && dialog.close();
  function onKey(event: KeyboardEvent): void {
    if (event.target instanceof HTMLButtonElement || !mayControl()) return;
    const by = { ArrowLeft: -5_000, ArrowRight: 5_000 }[event.key];
    if (event.key === ' ') player.toggle();
    else if (by !== undefined) player.seek(player.positionMs() + by);
    else return;
    event.preventDefault();
  }

  onMount(() => {
    dialog.showModal();
    // A browser that refuses full screen still shows the dialog over the whole page.
    dialog.requestFullscreen?.().then(
      () => dialog.addEventListener('fullscreenchange', leftFullScreen),
      () => {},
    );
    releaseScreen = keepScreenOn();
    dialog.querySelector<HTMLElement>('.play-button')?.focus();
  });
  onCleanup(() => {
    if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => {});
    releaseScreen();
  });

  return (
    <dialog
      ref={dialog}
      class="karaoke-stage"
      aria-label={`Karaoke: ${props.track.title}`}
      onClose={() => props.onClose()}
      onKeyDown={(event) => {
        event.stopPropagation();
        onKey(event);
      }}
    >
      <img class="karaoke-back" src={props.track.coverUrl} alt="" />
      <LyricsPane {...props} karaoke />
      <footer>
        <Cover track={props.track} />
        <p class="grow">
          <strong class="ellipsis">{props.track.title}</strong>
          <span class="dim small ellipsis">{props.track.artist}</span>
        </p>
        <Show when={isHeard() && mayControl()}>
          <button
            type="button"
            class="play-button"
            aria-label={player.playing() ? 'Pause' : 'Play'}
            onClick={() => player.toggle()}
          >
            <Icon name={player.playing() ? 'pause' : 'play'} size={22} />
          </button>
        </Show>
        <button type="button" class="icon-button" aria-label="Leave karaoke" onClick={() => dialog.close()}>
          <Icon name="close" size={22} />
        </button>
      </footer>
    </dialog>
  );
}
