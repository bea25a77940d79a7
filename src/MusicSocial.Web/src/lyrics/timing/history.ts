/** States before the present one, and those that were undone. */
export interface History<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
}

const kept = 300;

export const historyOf = <T>(now: T): History<T> => ({ past: [], now, future: [] });

/** A step worth undoing; one that changes nothing is none. */
export const step = <T>({ past, now, future }: History<T>, next: T): History<T> =>
  next === now ? { past, now, future } : { past: [...past, now].slice(-kept), now: next, future: [] };

export function undo<T>({ past, now, future }: History<T>): History<T> {
  const before = past.at(-1);
  return before === undefined
    ? { past, now, future }
    : { past: past.slice(0, -1), now: before, future: [now, ...future] };
}

export function redo<T>({ past, now, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: rest };
}
