import { createEffect, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { useApp } from '../shell/app';
import { bubblesOn } from '../shell/preferences';
import type { Comment } from '../wire/contract';
import { type Bubble, BubbleTrack } from './bubbles';

const livesMs = 4_000;
const everyMs = 200;
const mostAtOnce = 4;

/** Comments rising over the lyrics when the song passes the second they are pinned to. */
export function Bubbles(props: {
  comments: readonly Comment[];
  latest: Comment | undefined;
  positionMs: () => number | undefined;
}): JSX.Element {
  const { account } = useApp();
  const [bubbles, setBubbles] = createSignal<readonly Bubble[]>([]);
  const track = new BubbleTrack();
  createEffect(() => track.set(props.comments));

  function rise(risen: readonly Bubble[]): void {
    if (risen.length === 0 || !bubblesOn()) return;
    const ids = new Set(risen.map((bubble) => bubble.id));
    setBubbles((shown) => [...shown.filter((bubble) => !ids.has(bubble.id)), ...risen].slice(-mostAtOnce));
    setTimeout(() => setBubbles((shown) => shown.filter((bubble) => !ids.has(bubble.id))), livesMs);
  }

  createEffect(
    on(
      () => props.latest,
      (comment) => comment && typeof comment.positionMs === 'number' && rise([{ id: comment.id, comment, others: 0 }]),
      { defer: true },
    ),
  );
  onMount(() => {
    const id = setInterval(() => {
      const position = props.positionMs();
      if (position !== undefined) rise(track.move(position, account.user()?.id));
    }, everyMs);
    onCleanup(() => clearInterval(id));
  });

  return (
    <ul class="bubbles" aria-hidden="true">
      <For each={bubbles()}>
        {(bubble) => (
          <li class="bubble">
            <Avatar user={bubble.comment.author} size="tiny" />
            <span dir="auto">{bubble.comment.text}</span>
            <Show when={bubble.others > 0}>
              <span class="chip">+{bubble.others}</span>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}
