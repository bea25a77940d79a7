import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** Counts down the seconds until the user may try again. */
export function createCountdown(): { seconds: Accessor<number>; start(ms: number): void } {
  const [seconds, setSeconds] = createSignal(0);
  let timer = 0;
  const tick = () => {
    setSeconds((left) => Math.max(0, left - 1));
    if (seconds() > 0) timer = window.setTimeout(tick, 1_000);
  };
  onCleanup(() => window.clearTimeout(timer));
  return {
    seconds,
    start(ms) {
      window.clearTimeout(timer);
      setSeconds(Math.ceil(ms / 1_000));
      timer = window.setTimeout(tick, 1_000);
    },
  };
}
