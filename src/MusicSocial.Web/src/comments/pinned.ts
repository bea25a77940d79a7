import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { useApp } from '../shell/app';
import type { Comment } from '../wire/contract';
import { PinnedWindows, perWindow, windowMs } from './pinnedWindows';
import { railEntries } from './railEntries';

const lookEveryMs = 2_000;

/** The pinned comments around the audible position, for the bubbles. Also hands the whole track's commented seconds to the rail. */
export function createPinned(
  trackId: () => string | undefined,
  positionMs: () => number | undefined,
  latest: Accessor<Comment | undefined>,
): Accessor<readonly Comment[]> {
  const { api } = useApp();
  const [comments, setComments] = createSignal<readonly Comment[]>([]);
  let windows = new PinnedWindows();

  async function load(id: string, window: number): Promise<void> {
    const range = { fromMs: window * windowMs, toMs: (window + 1) * windowMs };
    const page = await api.comments(id, { order: 'position', limit: perWindow, ...range }).catch(() => undefined);
    if (id !== trackId() || page === undefined) return;
    windows.put(window, page.items);
    setComments(windows.comments);
  }

  function look(): void {
    const id = trackId();
    const at = positionMs();
    if (id === undefined || at === undefined || at < 0) return;
    for (const window of windows.missingAt(at)) void load(id, window);
  }

  createEffect(
    on(trackId, (id) => {
      windows = new PinnedWindows();
      setComments([]);
      if (id === undefined) return;
      look();
      api.moments(id).then(
        (page) => id === trackId() && railEntries.set(id, page.items),
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
        windows.add(comment);
        setComments(windows.comments);
        railEntries.add(comment.trackId, Math.floor(comment.positionMs / 1_000));
      },
      { defer: true },
    ),
  );
  return comments;
}
