import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { useApp } from '../shell/app';
import type { Comment } from '../wire/contract';

const pages = 5;
const pageSize = 200;

/** The comments of a track that stand on a second, for the rail and the bubbles: up to a thousand, and those that arrive. */
export function createPinned(
  trackId: () => string | undefined,
  latest: Accessor<Comment | undefined>,
): Accessor<readonly Comment[]> {
  const { api } = useApp();
  const [comments, setComments] = createSignal<readonly Comment[]>([]);
  let run = 0;

  async function load(id: string): Promise<void> {
    const mine = ++run;
    let cursor: string | null | undefined;
    for (let page = 0; page < pages; page++) {
      const answer = await api.comments(id, { order: 'position', cursor, limit: pageSize }).catch(() => undefined);
      if (mine !== run || answer === undefined) return;
      const pinned = answer.items.filter((comment) => typeof comment.positionMs === 'number');
      setComments((known) => [...known, ...pinned]);
      cursor = answer.next;
      if (!cursor || pinned.length < answer.items.length) return;
    }
  }

  createEffect(
    on(trackId, (id) => {
      setComments([]);
      run += 1;
      if (id !== undefined) void load(id);
    }),
  );
  createEffect(
    on(
      latest,
      (comment) => {
        if (comment && typeof comment.positionMs === 'number' && comment.trackId === trackId()) {
          setComments((known) => [...known, comment]);
        }
      },
      { defer: true },
    ),
  );
  return comments;
}
