/** Taps needed before their middle means something. */
export const tapsNeeded = 8;
/** Taps up to a quarter of a beat before a click belong to it, all later ones too: devices are late, rarely early. */
const earlyShare = 0.25;

/**
 * How much later than the browser believes this device is heard: the median distance of taps from the clicks they belong to.
 * People tap a little early and not evenly; the median of many is good to some 20 ms, which is what ears at a distance notice.
 */
export function lateness(taps: readonly number[], firstClickMs: number, everyMs: number): number | undefined {
  if (taps.length < tapsNeeded) return undefined;
  const distances = taps.map((tap) => {
    const since = tap - firstClickMs;
    const beats = Math.floor(since / everyMs + earlyShare);
    return since - beats * everyMs;
  });
  distances.sort((a, b) => a - b);
  return distances[Math.floor((distances.length - 1) / 2)];
}
