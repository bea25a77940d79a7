import { createEffect, For, type JSX, on, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { createPages } from './pages';
import { SongCard } from './SongCard';

/** Songs as covers, page by page; an empty query shows the whole library. */
export function Songs(props: { query: string }): JSX.Element {
  const { api } = useApp();
  const pages = createPages((cursor) => api.tracks(props.query, cursor, 48));
  createEffect(
    on(
      () => props.query,
      () => void pages.restart(),
    ),
  );
  return (
    <>
      <ul class="song-grid" aria-busy={pages.loading()}>
        <For each={pages.items()}>{(track) => <SongCard track={track} />}</For>
        <Show when={pages.loading() && pages.items().length === 0}>
          <For each={Array.from({ length: 6 })}>{() => <li class="song-card ghost" aria-hidden="true" />}</For>
        </Show>
      </ul>
      <Show when={!pages.loading() && pages.items().length === 0}>
        <div class="blank">
          <h3>{props.query ? `Nothing sounds like “${props.query}”` : 'The library is still empty'}</h3>
          <p>{props.query ? 'Try fewer or other words.' : 'Put music into the music folder and it appears here.'}</p>
        </div>
      </Show>
      <Show when={pages.more()}>
        <p class="more">
          <button type="button" class="button" disabled={pages.loading()} onClick={() => void pages.loadMore()}>
            More songs
          </button>
        </p>
      </Show>
    </>
  );
}
