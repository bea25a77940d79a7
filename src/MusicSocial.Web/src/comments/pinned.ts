import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { useApp } from '../shell/app';
import type { Comment } from '../wire/contract';
import { moments } from './railMoments';

const windowMs = 60_000;
const aheadMs = 10_000;
const lookEveryMs = 2_000;
const perWindow = 200;

/**
 * The pinned comments around the audible position, for the bubbles: read minute by minute as the song goes, plus those that
 * arrive. Also hands the whole track's commented seconds to the rail.
 */
export function createPinned(
  trackId: () => string | undefined,
  positionMs: () => number | undefined,
  latest: Accessor<Comment | undefined>,
): Accessor<readonly Comment[]> {
  const { api } = useApp();
  const [comments, setComments] = createSignal<readonly Comment[]>([]);
  let asked = new Set<number>();

  async function load(id: string, window: number): Promise<void> {
    asked.add(window);
    const range = { fromMs: window * windowMs, toMs: (window + 1) * windowMs };
    const page = await api.comments(id, { order: 'position', limit: perWindow, ...range }).catch(() => undefined);
    if (id !== trackId() || page === undefined) return;
    const known = new Set(comments().map((comment) => comment.id));
    setComments([...comments(), ...page.items.filter((comment) => !known.has(comment.id))]);
  }

  function look(): void {
    const id = trackId();
    const at = positionMs();
    if (id === undefined || at === undefined || at < 0) return;
    for (const window of [Math.floor(at / windowMs), Math.floor((at + aheadMs) / windowMs)]) {
      if (!asked.has(window)) void load(id, window);
    }
  }

  createEffect(
    on(trackId, (id) => {
      setComments([]);
      asked = new Set();
      if (id === undefined) return;
      look();
      api.moments(id).then(
        (page) => id === trackId() && moments.set(id, page.items),
        () => {},
      );
      const timer = setInterval(look, lookEveryMs);
      onCleanup(() => clearInterval(timer));
    }),
  );
  createEffect(
    on(
      latest,
      (comment) => {
        if (!comment || typeof comment.positionMs !== 'number' || comment.trackId !== trackId()) return;
        setComments((known) => [...known, comment]);
        moments.add(comment.trackId, Math.floor(comment.positionMs / 1_000));
      },
      { defer: true },
    ),
  );
  return comments;
}
