import { type Accessor, createEffect, createSignal, type JSX, on, onCleanup } from 'solid-js';
import { useApp } from '../shell/app';
import type { Comment } from '../wire/contract';

const everyMs = 8_000;

/** Announces to screen readers that there are new comments, not each of them: at most one sentence every eight seconds. */
export function Announcer(props: { latest: Accessor<Comment | undefined> }): JSX.Element {
  const { account } = useApp();
  const [sentence, setSentence] = createSignal('');
  let waiting: Comment[] = [];
  let timer = 0;

  function speak(): void {
    const last = waiting.at(-1);
    if (last === undefined) {
      timer = 0;
      return;
    }
    setSentence(waiting.length === 1 ? `${last.author.displayName}: ${last.text}` : `${waiting.length} new comments`);
    waiting = [];
    timer = window.setTimeout(speak, everyMs);
  }

  createEffect(
    on(
      props.latest,
      (comment) => {
        if (comment === undefined || comment.author.id === account.user()?.id) return;
        waiting.push(comment);
        if (timer === 0) speak();
      },
      { defer: true },
    ),
  );
  onCleanup(() => window.clearTimeout(timer));
  return (
    <p class="unseen" aria-live="polite">
      {sentence()}
    </p>
  );
}
