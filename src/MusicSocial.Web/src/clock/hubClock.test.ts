import { describe, expect, it } from 'vitest';
import { summarise } from './burst';
import { OffsetFilter } from './filter';
import { HubClock, pauseAfter } from './hubClock';

/** A seeded generator, so a failing run can be repeated. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A network in simulated time: every answer takes a path up and a path down, with queueing on both. */
interface Trouble {
  /** Share of answers that never come. */
  lost?: number;
  /** Share of answers that come seconds late. */
  late?: number;
}

function simulate(
  seed: number,
  base: number,
  queueMean: number,
  ppm: number,
  offset: number,
  { lost = 0, late = 0 }: Trouble = {},
) {
  let stepped = 0;
  const random = randomFrom(seed);
  let now = 1_000_000;
  const timers: { at: number; run: () => void }[] = [];
  const queueing = () => -queueMean * Math.log(1 - random());
  const hubAt = (client: number) => client * (1 + ppm * 1e-6) + offset + stepped;
  const clock = new HubClock(
    async () => {
      now += base / 2 + queueing();
      const hubMs = hubAt(now);
      now += base / 2 + queueing();
      if (random() < lost) return new Promise(() => {});
      if (random() < late) now += 1_000 + 4_000 * random();
      return { hubMs };
    },
    {
      now: () => now,
      after(ms, run) {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    },
  );
  const runUntil = async (until: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      timers.sort((a, b) => a.at - b.at);
      const next = timers[0];
      if (next === undefined || next.at > until) break;
      timers.shift();
      now = Math.max(now, next.at);
      next.run();
      await new Promise((resolve) => setImmediate(resolve));
    }
    now = until;
  };
  const step = (ms: number) => {
    stepped += ms;
  };
  return { clock, runUntil, step, error: () => clock.now() - hubAt(now), start: now };
}

const percentile = (values: number[], p: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? 0;

describe('the hub clock', () => {
  it('takes the middle offset of the three quickest answers', () => {
    const probe = (roundTrip: number, offset: number) => ({
      sentMs: 0,
      receivedMs: roundTrip,
      hubMs: roundTrip / 2 + offset,
    });
    const burst = summarise([probe(40, 90), probe(4, 11), probe(2, 10), probe(3, 12), probe(60, -40)]);
    expect(burst?.offsetMs).toBe(11);
    expect(burst?.roundTripMs).toBe(2);
  });

  it('does not let two late answers outvote a quick one', () => {
    const burst = summarise([
      { sentMs: 0, hubMs: 1_480, receivedMs: 1_500 },
      { sentMs: 1_500, hubMs: 1_511, receivedMs: 1_520 },
      { sentMs: 1_520, hubMs: 2_980, receivedMs: 3_000 },
    ]);
    expect(burst?.offsetMs).toBe(1);
  });

  it('is usable after the first answer', async () => {
    const network = simulate(1, 20, 1, 0, 5_000);
    network.clock.start();
    await network.clock.whenReady();
    expect(Math.abs(network.error())).toBeLessThan(10);
    expect(network.clock.firm).toBe(false);
    await network.runUntil(network.start + 1_000);
    expect(network.clock.firm).toBe(true);
  });

  it.each([
    ['a local network', 1, 0.2, 0.6],
    ['a distant server', 40, 1, 2.5],
    ['bad Wi-Fi', 6, 8, 4],
  ])('stays within its promise over %s although the clocks drift apart', async (_name, base, queue, promise) => {
    const errors: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const network = simulate(seed, base, queue, seed % 2 ? 60 : -60, 123_456_789);
      network.clock.start();
      for (let s = 5; s <= 120; s += 5) {
        await network.runUntil(network.start + s * 1_000);
        errors.push(Math.abs(network.error()));
      }
    }
    expect(percentile(errors, 0.95)).toBeLessThan(promise);
  });

  it('keeps counting, drift included, while the server is away', async () => {
    const network = simulate(3, 4, 0.5, 80, -777_000);
    network.clock.start();
    await network.runUntil(network.start + 90_000);
    network.clock.stop();
    await network.runUntil(network.start + 120_000);
    expect(Math.abs(network.error())).toBeLessThan(2);
  });

  it('is not led astray by answers that come seconds late or never', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const network = simulate(seed, 4, 0.5, 30, 1e6, { lost: 0.05, late: 0.1 });
      network.clock.start();
      await network.runUntil(network.start + 120_000);
      expect(Math.abs(network.error())).toBeLessThan(4);
    }
  });

  it('is never worse after an update than the quickest round trip allows, nor than it was before', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const network = simulate(seed, 10, 3, seed % 2 ? 200 : -200, -5e8, { late: 0.1 });
      network.clock.start();
      let before = Number.POSITIVE_INFINITY;
      for (let s = 1; s <= 120; s++) {
        await network.runUntil(network.start + s * 1_000);
        const { boundMs, sigmaMs } = network.clock.reading;
        const error = Math.abs(network.error());
        expect(error).toBeLessThan(Math.max(before + 0.5, boundMs + 3 * sigmaMs));
        before = error;
      }
    }
  });

  it('believes within seconds that a device’s clock was set by hours', async () => {
    const network = simulate(5, 4, 0.5, 0, 0);
    network.clock.start();
    await network.runUntil(network.start + 60_000);
    network.step(2 * 3_600_000);
    await network.runUntil(network.start + 72_000);
    expect(Math.abs(network.error())).toBeLessThan(3);
  });

  it('asks densely at first and rarely later', () => {
    expect([1, 2, 3, 4].map((bursts) => pauseAfter(bursts, 1_000))).toEqual([250, 250, 250, 1_000]);
    expect(pauseAfter(12, 11_000)).toBe(2_000);
    expect(pauseAfter(20, 31_000)).toBe(10_000);
  });
});

describe('the offset filter', () => {
  it('believes a quicker path at once', () => {
    const filter = new OffsetFilter();
    for (let i = 0; i < 3; i++) filter.update({ offsetMs: 109, atMs: i * 250, roundTripMs: 20 });
    filter.update({ offsetMs: 100, atMs: 750, roundTripMs: 1 });
    expect(Math.abs(filter.offsetAt(750) - 100)).toBeLessThan(filter.boundMs + 2 * filter.sigmaAt(750));
  });

  it('shrugs off one absurd burst but believes three in a row', () => {
    const filter = new OffsetFilter();
    for (let i = 0; i < 10; i++) filter.update({ offsetMs: 100, atMs: i * 1_000, roundTripMs: 4 });
    expect(filter.update({ offsetMs: 600, atMs: 10_000, roundTripMs: 4 })).toBe(false);
    expect(filter.offsetAt(10_000)).toBeCloseTo(100, 3);
    filter.update({ offsetMs: 600, atMs: 11_000, roundTripMs: 4 });
    expect(filter.update({ offsetMs: 600, atMs: 12_000, roundTripMs: 4 })).toBe(true);
    expect(filter.offsetAt(12_000)).toBe(600);
  });

  it('shows what a lopsided slow path may hide, once the quick one is long gone', () => {
    const filter = new OffsetFilter();
    const at = (minute: number, burst = 0) => (minute * 60 + burst * 10) * 1_000;
    for (let burst = 0; burst < 60; burst++) filter.update({ offsetMs: 100, atMs: at(0, burst), roundTripMs: 2 });
    expect(filter.boundMs).toBeLessThan(1.1);
    // Wi-Fi to mobile: 60 ms there and back, of which the way there takes 50.
    for (let burst = 0; burst < 360; burst++) {
      const atMs = at(10, burst);
      filter.update({ offsetMs: 120, atMs, roundTripMs: 60 });
      const error = Math.abs(filter.offsetAt(atMs) - 100);
      expect(error).toBeLessThan(filter.boundMs + 2 * filter.sigmaAt(atMs));
    }
    expect(filter.boundMs).toBeGreaterThan(20);
    filter.update({ offsetMs: 100, atMs: at(71), roundTripMs: 2 });
    expect(filter.boundMs).toBeLessThan(3);
  });

  it('follows a slower path alone within minutes: what is steady on it is not taken for noise for ever', () => {
    const filter = new OffsetFilter();
    for (let burst = 0; burst < 60; burst++) filter.update({ offsetMs: 100, atMs: burst * 10_000, roundTripMs: 2 });
    for (let burst = 0; burst < 60; burst++)
      filter.update({ offsetMs: 104, atMs: 600_000 + burst * 10_000, roundTripMs: 60 });
    // The device's clock stepped by 40 ms: more than this path varies by.
    for (let burst = 0; burst < 4; burst++)
      filter.update({ offsetMs: 144, atMs: 1_200_000 + burst * 250, roundTripMs: 60 });
    expect(Math.abs(filter.offsetAt(1_200_750) - 144)).toBeLessThan(2);
  });
});
