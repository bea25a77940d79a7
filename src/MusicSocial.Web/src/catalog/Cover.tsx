import { createSignal, type JSX, Show } from 'solid-js';
import { Icon } from '../shell/Icon';
import type { PlayingTrack } from '../wire/contract';

/** A track's cover, or a note where there is none. Decoration: the title is always beside it. */
export function Cover(props: {
  track: Pick<PlayingTrack, 'coverUrl'> | null | undefined;
  class?: string;
  eager?: boolean;
}): JSX.Element {
  const [broken, setBroken] = createSignal<string>();
  const url = () => props.track?.coverUrl || undefined;
  const shown = () => (broken() === url() ? undefined : url());
  return (
    <Show
      when={shown()}
      fallback={
        <span class={`cover no-cover ${props.class ?? ''}`}>
          <Icon name="music" size={22} />
        </span>
      }
    >
      {(source) => (
        <img
          class={`cover ${props.class ?? ''}`}
          src={source()}
          alt=""
          loading={props.eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setBroken(url())}
        />
      )}
    </Show>
  );
}
