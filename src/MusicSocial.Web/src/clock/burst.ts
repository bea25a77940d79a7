/** One question to the hub: asked and answered on this device's clock, stamped by the hub in between. */
export interface Probe {
  sentMs: number;
  hubMs: number;
  receivedMs: number;
}

export interface BurstResult {
  /** Hub clock minus client clock, milliseconds. */
  offsetMs: number;
  /** Client time the offset belongs to. */
  atMs: number;
  /** Smallest round trip of the burst. */
  roundTripMs: number;
}

export const roundTripOf = (probe: Probe) => probe.receivedMs - probe.sentMs;
const offsetOf = (probe: Probe) => probe.hubMs - (probe.sentMs + probe.receivedMs) / 2;

/**
 * The median offset of the three smallest round trips: queueing only ever adds, so the quickest answers lie least. One that took
 * twice as long as the quickest says nothing beside it: where most probes were lost, two late ones would be the majority.
 */
export function summarise(probes: readonly Probe[]): BurstResult | undefined {
  const sorted = probes.filter((probe) => roundTripOf(probe) >= 0).sort((a, b) => roundTripOf(a) - roundTripOf(b));
  const first = sorted[0];
  if (first === undefined) return undefined;
  const quickest = sorted.slice(0, 3).filter((probe) => roundTripOf(probe) <= 2 * roundTripOf(first) + 1);
  const byOffset = [...quickest].sort((a, b) => offsetOf(a) - offsetOf(b));
  const middle = byOffset[Math.floor((byOffset.length - 1) / 2)] ?? first;
  return {
    offsetMs: offsetOf(middle),
    atMs: (middle.sentMs + middle.receivedMs) / 2,
    roundTripMs: roundTripOf(first),
  };
}

/** The mean round trip of a burst and its standard deviation, milliseconds. */
export function pathOf(probes: readonly Probe[]): [roundTripMs: number, jitterMs: number] {
  const trips = probes.map(roundTripOf);
  const mean = trips.reduce((total, trip) => total + trip, 0) / trips.length;
  const variance = trips.reduce((total, trip) => total + (trip - mean) ** 2, 0) / trips.length;
  return [mean, Math.sqrt(variance)];
}
