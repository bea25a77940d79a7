import { describe, expect, it } from 'vitest';
import { PlayoutClock } from './playoutClock';

const stepMs = 10;

/** A context that tells its place in steps of a render callback, as browsers do, on a device that drifts. */
function device(shiftMs = 1_000, ppm = 0, step = stepMs) {
  const state = { now: 5_000, shiftMs, looks: 0 };
  const heardAt = (ms: number) => ms * (1 + ppm * 1e-6) - state.shiftMs;
  const context = {
    getOutputTimestamp: () => ({
      contextTime: (Math.floor(heardAt(state.now) / step) * step) / 1_000,
      performanceTime: state.now,
    }),
  };
  const clock = new PlayoutClock(context, () => state.now);
  const run = (ms: number, everyMs = 17) => {
    for (const end = state.now + ms; state.now < end; ) {
      // The golden ratio: never in step with anything.
      state.now += everyMs * (0.6 + 0.8 * ((state.looks++ * 0.618_034) % 1));
      clock.look();
    }
  };
  const errorMs = () => clock.heard * 1_000 - heardAt(state.now);
  return { state, clock, run, errorMs };
}

describe('the playout clock', () => {
  it('is right to a fraction of a step', () => {
    const { run, errorMs } = device();
    run(600);
    expect(Math.abs(errorMs())).toBeLessThan(1.5);
    run(10_000);
    for (let second = 0; second < 60; second++) {
      run(1_000);
      expect(Math.abs(errorMs())).toBeLessThan(0.5);
    }
  });

  it.each([100, -100, 200])('follows a device that drifts by %s ppm', (ppm) => {
    const { run, errorMs } = device(1_000, ppm);
    run(30_000);
    for (let second = 0; second < 30; second++) {
      run(1_000);
      expect(Math.abs(errorMs())).toBeLessThan(0.35);
    }
  });

  it('is not misled by looks that keep in step with the callbacks', () => {
    const { run, state, errorMs, clock } = device();
    run(5_000);
    for (let looks = 0; looks < 300; looks++) {
      state.now += 20.01;
      clock.look();
    }
    expect(Math.abs(errorMs())).toBeLessThan(5.5);
  });

  it('follows a device that ran dry and plays on ten milliseconds later', () => {
    const { state, run, errorMs } = device(1_000, 100);
    run(30_000);
    state.shiftMs += 10;
    run(3_200);
    for (let second = 0; second < 30; second++) {
      run(1_000);
      expect(Math.abs(errorMs())).toBeLessThan(0.9);
    }
  });

  it('does not follow a browser that tells a few seconds wrongly', () => {
    const { state, run, errorMs } = device();
    run(30_000);
    state.shiftMs -= 4;
    run(5_000);
    state.shiftMs += 4;
    expect(Math.abs(errorMs())).toBeLessThan(0.6);
  });

  it('believes the many where a device tells exactly, and not the one that tells too much', () => {
    const { state, run, errorMs, clock } = device(1_000, 100, 0.1);
    for (let second = 0; second < 40; second++) {
      run(900);
      state.shiftMs -= 1.5;
      state.now += 20;
      clock.look();
      state.shiftMs += 1.5;
      if (second > 20) expect(Math.abs(errorMs())).toBeLessThan(0.2);
    }
  });

  it('forgets what a device told while its guess of its own latency still settled', () => {
    const { state, run, errorMs } = device(1_000, 100, 0.1);
    const wrongBy = (ms: number) => {
      state.shiftMs += ms;
      run(1_000);
      state.shiftMs -= ms;
    };
    for (let second = 0; second < 10; second++) wrongBy(3 - 0.3 * second);
    run(9_000);
    for (let second = 0; second < 30; second++) {
      run(1_000);
      expect(Math.abs(errorMs())).toBeLessThan(0.3);
    }
  });

  it('ignores a single mapping from nowhere and believes a lasting one', () => {
    const { state, clock, run } = device();
    run(3_000);
    state.shiftMs = 1_540;
    run(10);
    expect(Math.abs(clock.heard * 1_000 - (state.now - 1_000))).toBeLessThan(2);
    run(1_500);
    expect(Math.abs(clock.heard * 1_000 - (state.now - 1_540))).toBeLessThan(2);
  });
});
