import { createSignal } from 'solid-js';

const [shown, setShown] = createSignal<{ trackId: string | undefined; positions: readonly number[] }>({
  trackId: undefined,
  positions: [],
});

/** The commented seconds of the track one looks at, handed to whoever draws the rail. */
export const moments = {
  of: (trackId: string | undefined): readonly number[] => (shown().trackId === trackId ? shown().positions : []),
  set: (trackId: string | undefined, positions: readonly number[]) => setShown({ trackId, positions }),
};
