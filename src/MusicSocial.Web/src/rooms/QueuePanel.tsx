import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { Cover } from '../catalog/Cover';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { newId } from '../shell/platform';
import { clockText } from '../shell/time';
import type { QueueItem, Track } from '../wire/contract';

export function QueuePanel(): JSX.Element {
  const { account, room } = useApp();
  const permissions = () => room.permissions();
  const mayRemove = (item: QueueItem) => permissions()?.arrange === true || item.addedBy.id === account.user()?.id;
  return (
    <div class="sheet-body">
      <div class="scroll">
        <Show when={room.upcoming().length > 0} fallback={<QueueEmpty />}>
          <ol>
            <For each={room.upcoming()}>
              {(item, index) => (
                <li class="queued">
                  <Cover track={item.track} />
                  <span class="grow">
                    <strong class="ellipsis">{item.track.title}</strong>
                    <span class="dim small ellipsis">
                      {item.track.artist} · {item.addedBy.displayName}
                    </span>
                  </span>
                  <span class="dim small num">{clockText(item.track.durationMs)}</span>
                  <span class="queue-actions">
                    <Show when={permissions()?.arrange}>
                      <button
                        type="button"
                        class="icon-button tiny"
                        aria-label={`Move ${item.track.title} up`}
                        disabled={index() === 0}
                        onClick={() => void room.command((hub, id) => hub.moveQueued(id, item.itemId, index() - 1))}
                      >
                        <Icon name="up" size={15} />
                      </button>
                      <button
                        type="button"
                        class="icon-button tiny"
                        aria-label={`Move ${item.track.title} down`}
                        disabled={index() === room.upcoming().length - 1}
                        onClick={() => void room.command((hub, id) => hub.moveQueued(id, item.itemId, index() + 1))}
                      >
                        <Icon name="down" size={15} />
                      </button>
                    </Show>
                    <Show when={mayRemove(item)}>
                      <button
                        type="button"
                        class="icon-button tiny"
                        aria-label={`Remove ${item.track.title}`}
                        onClick={() => void room.command((hub, id) => hub.removeQueued(id, item.itemId))}
                      >
                        <Icon name="close" size={15} />
                      </button>
                    </Show>
                  </span>
                </li>
              )}
            </For>
          </ol>
        </Show>
        <Show when={permissions()?.enqueue} fallback={<p class="blank small">Only the host and DJs add songs here.</p>}>
          <AddSongs />
        </Show>
      </div>
    </div>
  );
}

function QueueEmpty(): JSX.Element {
  return (
    <div class="blank">
      <Icon name="music" size={28} />
      <h3>Nothing comes next</h3>
      <p class="small">The music stops after this song unless one is added.</p>
    </div>
  );
}

function AddSongs(): JSX.Element {
  const { api, room } = useApp();
  const [query, setQuery] = createSignal('');
  let timer = 0;
  const [found] = createResource(
    () => ({ query: query() }),
    (asked) => api.tracks(asked.query, undefined, 20).catch(() => undefined),
  );
  const add = (track: Track) => room.command((hub, id) => hub.enqueue(id, track.id, newId()));
  return (
    <section class="add-songs" aria-labelledby="add-title">
      <h3 id="add-title">Add songs</h3>
      <input
        class="input"
        type="search"
        aria-label="Search songs to add"
        placeholder="Search the library"
        onInput={(event) => {
          const text = event.currentTarget.value;
          window.clearTimeout(timer);
          timer = window.setTimeout(() => setQuery(text.trim()), 200);
        }}
      />
      <ul>
        <For each={found.latest?.items}>
          {(track) => (
            <li class="queued">
              <Cover track={track} />
              <span class="grow">
                <strong class="ellipsis">{track.title}</strong>
                <span class="dim small ellipsis">{track.artist}</span>
              </span>
              <button
                type="button"
                class="icon-button"
                aria-label={`Add ${track.title}`}
                onClick={() => void add(track)}
              >
                <Icon name="plus" />
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
