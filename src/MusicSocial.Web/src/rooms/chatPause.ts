import { createEffect, on } from 'solid-js';
import type { createCountdown } from '../comments/countdown';

/** Keeps a countdown at what is left of a pause of the chat, given as hub time. */
export function followPause(
  untilMs: () => number | null | undefined,
  clock: { now(): number },
  countdown: ReturnType<typeof createCountdown>,
): void {
  createEffect(on(untilMs, (until) => countdown.start(Math.max(0, (until ?? 0) - clock.now()))));
}

/** "40 s", "5 min", "2 h", "3 days": as much as is useful. */
export function leftText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3_600) return `${Math.ceil(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.ceil(seconds / 3_600)} h` : `${Math.ceil(seconds / 86_400)} days`;
}
