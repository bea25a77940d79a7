import { createSignal, type JSX, Show } from 'solid-js';
import { Icon } from '../shell/Icon';
import type { Track } from '../wire/contract';

/** A track's cover; a note stands in when there is none. Decoration: the title always stands beside it. */
export function Cover(props: { track: Track | undefined; class?: string; eager?: boolean }): JSX.Element {
  const [broken, setBroken] = createSignal<string>();
  const shown = () => props.track !== undefined && broken() !== props.track.coverUrl && props.track;
  return (
    <Show
      when={shown()}
      fallback={
        <span class={`cover no-cover ${props.class ?? ''}`}>
          <Icon name="music" size={22} />
        </span>
      }
    >
      {(track) => (
        <img
          class={`cover ${props.class ?? ''}`}
          src={track().coverUrl}
          alt=""
          loading={props.eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setBroken(track().coverUrl)}
        />
      )}
    </Show>
  );
}
