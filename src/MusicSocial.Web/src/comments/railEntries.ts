import { createSignal } from 'solid-js';
import type { CommentMoment } from '../wire/contract';

interface Shown {
  trackId: string | undefined;
  items: readonly CommentMoment[];
}

/** One per page: the seek bar stands outside the song's page, which reads them. */
const [shown, setShown] = createSignal<Shown>({ trackId: undefined, items: [] });

/** The commented seconds of the track on the page, for the rail above the seek bar. */
export const railEntries = {
  of: (trackId: string | undefined): readonly CommentMoment[] => (shown().trackId === trackId ? shown().items : []),
  set: (trackId: string, items: readonly CommentMoment[]) => setShown({ trackId, items }),
  add: (trackId: string, second: number) =>
    setShown((now) => (now.trackId === trackId ? { trackId, items: counted(now.items, second) } : now)),
};

/** One more comment on that second: a track has no more entries than seconds. */
export function counted(items: readonly CommentMoment[], second: number): readonly CommentMoment[] {
  if (!items.some((item) => item.second === second)) return [...items, { second, total: 1 }];
  return items.map((item) => (item.second === second ? { ...item, total: item.total + 1 } : item));
}
