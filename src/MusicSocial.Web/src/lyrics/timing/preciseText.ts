import { clockText } from '../../shell/time';

/** A position to the hundredth of a second. */
export const preciseText = (ms: number): string =>
  `${clockText(ms)}.${String(Math.floor(Math.max(0, ms) / 10) % 100).padStart(2, '0')}`;
