import { createSignal } from 'solid-js';
import type { CommentMoment } from '../wire/contract';

interface Shown {
  trackId: string | undefined;
  items: readonly CommentMoment[];
}

const [shown, setShown] = createSignal<Shown>({ trackId: undefined, items: [] });

/** The commented seconds of the track one looks at, handed to whoever draws the rail. */
export const moments = {
  of: (trackId: string | undefined): readonly CommentMoment[] => (shown().trackId === trackId ? shown().items : []),
  set: (trackId: string, items: readonly CommentMoment[]) => setShown({ trackId, items }),
  add: (trackId: string, second: number) =>
    setShown((now) => (now.trackId === trackId ? { trackId, items: [...now.items, { second, total: 1 }] } : now)),
};
