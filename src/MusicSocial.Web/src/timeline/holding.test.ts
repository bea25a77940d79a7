import { describe, expect, it } from 'vitest';
import type { Timeline } from '../wire/contract';
import { SimulatedOutput } from './simulatedOutput';
import { positionAt } from './timeline';
import { TimelineFollower } from './timelineFollower';

const track = { trackId: 't1', url: '/t1' };
const line: Timeline = { trackId: 't1', itemId: 'i1', anchorMs: 0, anchoredAtMs: 0, rate: 1, durationMs: 3_600_000 };

/** A listener with a device drawn by the seed: its sound card, its latencies, and either engine. */
function listener(seed: number, exact: boolean) {
  let state = seed * 7_919;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const time = { now: 1_000 + random() * 600_000, clockErrorMs: 0 };
  time.now -= time.now % 10;
  const ppm = (random() - 0.5) * 400;
  const output = new SimulatedOutput(() => time.now, {
    ppm,
    exact,
    startLatencyMs: () => 20 + random() * 180,
    seekLatencyMs: () => (exact ? 0 : 10 + random() * 120),
    jitterMs: () => (random() - 0.5) * (exact ? 0.2 : 6),
  });
  const follower = new TimelineFollower(output, () => time.now + time.clockErrorMs);
  const run = async (ms: number, each: () => void = () => {}) => {
    for (const end = time.now + ms; time.now < end; ) {
      time.now += 10;
      if (time.now % follower.tickMs === 0) follower.tick();
      await Promise.resolve();
      await Promise.resolve();
      each();
    }
  };
  const errorMs = () => output.truePositionMs - positionAt(line, time.now);
  follower.follow(line, track);
  return { time, output, follower, run, errorMs, random };
}

const engines = [
  ['chunks', true, 0.5],
  ['a media element', false, 4],
] as const;

// Minutes of simulated time, in steps of 10 ms.
const patience = { timeout: 60_000 };

describe.each(engines)('holding the sound of %s', patience, (_name, exact, closeMs) => {
  it('comes close from any start, on any device, and stays there', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const { run, errorMs, follower } = listener(seed, exact);
      await run(20_000);
      let worst = 0;
      await run(30_000, () => {
        worst = Math.max(worst, Math.abs(errorMs()));
      });
      expect(worst).toBeLessThan(closeMs);
      expect(follower.corrections).toBe(0);
    }
  });

  it('never steers by more than half a percent while it is heard, and the position never goes back', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { run, output, time, random } = listener(seed, exact);
      let last = Number.NEGATIVE_INFINITY;
      let wentBack = 0;
      await run(30_000, () => {
        if (time.now % 5_000 === 0) time.clockErrorMs = (random() - 0.5) * 28;
        const position = output.silent ? Number.NEGATIVE_INFINITY : output.truePositionMs;
        if (!output.silent && position < last) wentBack += 1;
        last = position;
      });
      expect(wentBack).toBe(0);
      expect(Math.max(...output.rates.map((rate) => Math.abs(rate - 1)))).toBeLessThanOrEqual(0.005);
    }
  });

  it('bends to a better clock instead of jumping, once and without swinging', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { run, output, time, errorMs, follower } = listener(seed, exact);
      await run(20_000);
      const before = output.shifts + follower.corrections;
      time.clockErrorMs = 8;
      const silent: boolean[] = [];
      await run(25_000, () => silent.push(output.silent));
      expect(silent.some(Boolean)).toBe(false);
      expect(output.shifts + follower.corrections).toBe(before);
      let most = Number.NEGATIVE_INFINITY;
      await run(20_000, () => {
        most = Math.max(most, errorMs());
      });
      expect(most).toBeLessThan(8 + closeMs);
    }
  });

  it('survives a reading that sticks without a loop of corrections', async () => {
    const { run, output, time, follower, errorMs } = listener(4, exact);
    await run(15_000);
    output.stuckUntil = time.now + 150;
    await run(5_000);
    expect(follower.corrections).toBe(0);
    output.stuckUntil = time.now + 3_000;
    await run(15_000);
    expect(follower.corrections).toBeLessThanOrEqual(3);
    expect(follower.state).toBe('following');
    expect(Math.abs(errorMs())).toBeLessThan(closeMs * 2);
  });
});
