import { describe, expect, it } from 'vitest';
import type { Timeline } from '../wire/contract';
import { SimulatedOutput } from './simulatedOutput';
import { positionAt } from './timeline';
import { TimelineFollower } from './timelineFollower';

const track = { trackId: 't1', url: '/t1' };
const playing = (over: Partial<Timeline> = {}): Timeline => ({
  trackId: 't1',
  itemId: 'i1',
  anchorMs: 30_000,
  anchoredAtMs: 0,
  rate: 1,
  durationMs: 240_000,
  ...over,
});

function listener(seed: number, ppm: number, clockErrorMs = 0) {
  let state = seed * 7_919;
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const time = { now: 1_000 };
  const output = new SimulatedOutput(() => time.now, {
    ppm,
    startLatencyMs: () => 20 + random() * 90,
    seekLatencyMs: () => 10 + random() * 60,
    jitterMs: () => (random() - 0.5) * 6,
  });
  const follower = new TimelineFollower(output, () => time.now + clockErrorMs);
  const run = async (ms: number, each: () => void = () => {}) => {
    for (const end = time.now + ms; time.now < end; ) {
      time.now += 10;
      if (time.now % follower.tickMs === 0) follower.tick();
      await Promise.resolve();
      await Promise.resolve();
      each();
    }
  };
  return { time, output, follower, run };
}

describe('a follower', () => {
  it('is within a few milliseconds of the timeline five seconds after joining, whatever the device', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { follower, output, run, time } = listener(seed, seed % 2 ? 90 : -90);
      follower.follow(playing(), track);
      await run(5_000);
      expect(follower.state).toBe('following');
      expect(Math.abs(output.truePositionMs - positionAt(playing(), time.now))).toBeLessThan(12);
    }
  });

  it('resumes where it was paused without seeking again', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { follower, output, run, time } = listener(seed, 0);
      follower.follow(playing({ rate: 0 }), track);
      await run(1_000);
      const { seeks } = output;
      const resumed = playing({ anchoredAtMs: time.now + 100 });
      follower.follow(resumed, track);
      await run(3_000);
      expect(follower.state).toBe('following');
      expect(output.seeks).toBe(seeks);
      expect(Math.abs(output.truePositionMs - positionAt(resumed, time.now))).toBeLessThan(12);
    }
  });

  it('rests where the sound goes on for loudspeakers that are late', async () => {
    const { follower, output, run } = listener(3, 0);
    follower.deviceOffsetMs = 180;
    follower.follow(playing({ rate: 0 }), track);
    await run(500);
    expect(output.truePositionMs).toBeCloseTo(30_180, 0);
  });

  it('is silent until it is aligned', async () => {
    const { follower, output, run, time } = listener(5, 0);
    let worstHeard = 0;
    follower.follow(playing(), track);
    await run(4_000, () => {
      if (!output.silent) {
        worstHeard = Math.max(worstHeard, Math.abs(output.truePositionMs - positionAt(playing(), time.now)));
      }
    });
    expect(output.silent).toBe(false);
    expect(worstHeard).toBeLessThan(12);
  });

  it('holds two machines together for minutes although their sound cards drift apart', async () => {
    const a = listener(11, 120, 2);
    const b = listener(12, -120, -2);
    a.follower.follow(playing(), track);
    b.follower.follow(playing(), track);
    await Promise.all([a.run(120_000), b.run(120_000)]);
    expect(Math.abs(a.output.truePositionMs - b.output.truePositionMs)).toBeLessThan(12);
    expect(a.follower.corrections + b.follower.corrections).toBe(0);
  });

  it('stays where a paused timeline stays', async () => {
    const { follower, output, run } = listener(2, 0);
    follower.follow(playing(), track);
    await run(3_000);
    follower.follow(playing({ rate: 0, anchorMs: 41_000, anchoredAtMs: 4_000 }), track);
    await run(3_000);
    expect(output.playing).toBe(false);
    expect(output.truePositionMs).toBe(41_000);
    expect(follower.positionMs).toBe(41_000);
  });

  it('goes silent for a stall and comes back aligned', async () => {
    const { follower, output, run, time } = listener(3, 40);
    follower.follow(playing(), track);
    await run(4_000);
    output.stalledUntil = time.now + 2_500;
    await run(1_000);
    expect(output.silent).toBe(true);
    await run(5_000);
    expect(follower.state).toBe('following');
    expect(Math.abs(output.truePositionMs - positionAt(playing(), time.now))).toBeLessThan(12);
  });

  it('asks for one gesture when the browser refuses, then is in sync at once', async () => {
    const { follower, output, run, time } = listener(4, 0);
    output.allowed = false;
    follower.follow(playing(), track);
    await run(3_000);
    expect(follower.state).toBe('refused');
    output.allowed = true;
    await follower.unlock();
    await run(2_500);
    expect(follower.state).toBe('following');
    expect(Math.abs(output.truePositionMs - positionAt(playing(), time.now))).toBeLessThan(12);
  });

  it('does not touch the sound when the same line is announced again', async () => {
    const { follower, output, run, time } = listener(6, 0);
    follower.follow(playing(), track);
    await run(4_000);
    const silences: boolean[] = [];
    follower.follow(playing({ anchorMs: positionAt(playing(), time.now), anchoredAtMs: time.now }), track);
    await run(500, () => silences.push(output.silent));
    expect(silences.every((silent) => !silent)).toBe(true);
    expect(output.loads).toEqual(['t1']);
  });

  it('waits for a line that starts in a moment instead of starting early', async () => {
    const { follower, output, run, time } = listener(7, 0);
    follower.follow(playing({ anchorMs: 0, anchoredAtMs: time.now + 1_500 }), track);
    await run(1_300);
    expect(output.playing).toBe(false);
    await run(2_500);
    expect(follower.state).toBe('following');
  });

  it('tries a track again that broke off, and comes back aligned', async () => {
    const { follower, output, run, time } = listener(9, 0);
    follower.follow(playing(), track);
    await run(4_000);
    output.failed = true;
    await run(500);
    expect(follower.state).toBe('failed');
    expect(output.silent).toBe(true);
    await run(6_000);
    expect(follower.state).toBe('following');
    expect(Math.abs(output.truePositionMs - positionAt(playing(), time.now))).toBeLessThan(12);
  });

  it('forgets a start that was overtaken by a pause', async () => {
    const { follower, output, run } = listener(10, 0);
    follower.follow(playing(), track);
    let release = (_: boolean) => {};
    output.play = () => new Promise((resolve) => (release = resolve));
    await run(600);
    follower.follow(playing({ rate: 0, anchorMs: 50_000 }), track);
    release(true);
    await run(300);
    expect(follower.state).toBe('paused');
  });

  it('is silent behind the end of a file that is shorter than the catalog says, without seeking on and on', async () => {
    const { follower, output, run } = listener(15, 0);
    output.durationMs = 35_000;
    follower.follow(playing(), track);
    await run(3_000);
    expect(output.silent).toBe(false);
    await run(4_000);
    const seeks = output.seeks;
    await run(10_000);
    expect(follower.state).toBe('ended');
    expect(output.silent).toBe(true);
    expect(output.seeks).toBe(seeks);
    follower.follow(playing({ anchorMs: 1_000, anchoredAtMs: 20_000 }), track);
    await run(6_000);
    expect(follower.state).toBe('following');
  });

  it('starts from its first sample where sound can be placed, and does not move the position while it waits', async () => {
    const time = { now: 1_000 };
    const device = { ppm: 0, startLatencyMs: () => 0, seekLatencyMs: () => 0, jitterMs: () => 0, exact: true };
    const output = new SimulatedOutput(() => time.now, device);
    const follower = new TimelineFollower(output, () => time.now);
    const line = playing({ anchorMs: 0, anchoredAtMs: 1_150 });
    follower.follow(line, track);
    for (; time.now < 4_000; time.now += 10) {
      follower.tick();
      await Promise.resolve();
      await Promise.resolve();
      if (time.now > 1_060) expect(Math.abs(output.truePositionMs - positionAt(line, time.now))).toBeLessThan(0.01);
    }
    expect(follower.state).toBe('following');
    expect(output.silent).toBe(false);
    expect(follower.corrections).toBe(0);
  });

  it('stops at the end of the track', async () => {
    const { follower, output, run } = listener(8, 0);
    follower.follow(playing({ anchorMs: 238_000, anchoredAtMs: 1_000 }), track);
    await run(4_000);
    expect(follower.state).toBe('ended');
    expect(output.playing).toBe(false);
  });
});
