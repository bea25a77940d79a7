import { describe, expect, it } from 'vitest';
import { OutputLatency } from './outputLatency';
import { PlayoutClock } from './playoutClock';

const callbackMs = 1_024 / 48;
const blockMs = 20;

/** A context whose device takes sound in blocks and calls for more when there is room, on a clock that drifts, and says where it is - rightly or not. */
function device({ ppm = 0, latencyMs = 80, step = 0.1, lateMs = (): number => 0, latency = new OutputLatency() } = {}) {
  const state = { now: 5_000, slippedMs: 0, lieMs: 0, samples: 0, latencyMs };
  const takenBy = (ms: number) => (ms - 4_900) * (1 + ppm * 1e-6) - state.slippedMs;
  let callback = { atMs: 4_900, renderedMs: 0 };
  const callUntil = (ms: number) => {
    for (;;) {
      const block = Math.ceil((callback.renderedMs + callbackMs - 0.6) / blockMs) * blockMs;
      const due = 4_900 + (block + state.slippedMs) / (1 + ppm * 1e-6);
      if (due > ms) return;
      callback = { atMs: Math.max(callback.atMs, due + lateMs()), renderedMs: callback.renderedMs + callbackMs };
    }
  };
  const context = {
    get currentTime() {
      return callback.renderedMs / 1_000;
    },
    getOutputTimestamp: () => ({
      contextTime: (Math.floor((takenBy(callback.atMs) - state.latencyMs + 300 + state.lieMs) / step) * step) / 1_000,
      performanceTime: callback.atMs,
    }),
  };
  const clock = new PlayoutClock(context, latency, () => state.now);
  const run = (ms: number, everyMs = 17) => {
    for (const end = state.now + ms; state.now < end; ) {
      // The golden ratio: never in step with anything.
      state.now += everyMs * (0.6 + 0.8 * ((state.samples++ * 0.618_034) % 1));
      callUntil(state.now);
      clock.sample();
    }
  };
  const errorMs = () => clock.heard * 1_000 - (takenBy(state.now) - state.latencyMs + 300);
  const staysWithin = (ms: number, seconds: number, meanwhile = () => {}) => {
    for (let half = 0; half < 2 * seconds; half++) {
      run(500);
      meanwhile();
      expect(Math.abs(errorMs())).toBeLessThan(ms);
    }
  };
  return { state, clock, run, errorMs, staysWithin };
}

describe('the playout clock', () => {
  it('is right after half a second and better soon', () => {
    const { run, errorMs, staysWithin } = device();
    run(600);
    expect(Math.abs(errorMs())).toBeLessThan(0.5);
    run(10_000);
    staysWithin(0.3, 60);
  });

  it.each([100, -100, 200])('follows a device that drifts by %s ppm', (ppm) => {
    const { run, staysWithin } = device({ ppm });
    run(30_000);
    staysWithin(0.3, 30);
  });

  it('is not misled by callbacks that often come late', () => {
    let calls = 0;
    const { run, staysWithin } = device({ ppm: 50, lateMs: () => (calls++ % 7 < 3 ? (calls * 3.7) % 11 : 0) });
    run(5_000);
    staysWithin(1, 30);
  });

  it('follows a device that ran dry within two seconds, however wrongly it tells of it', () => {
    const { state, run, staysWithin } = device({ ppm: 100 });
    run(40_000);
    state.slippedMs += 7;
    state.lieMs = -30;
    run(2_500);
    staysWithin(0.9, 5, () => {
      state.lieMs += 3;
    });
  });

  it('is not misled by a device that holds less of the sound from now on', () => {
    const { state, run, errorMs } = device({ ppm: 50 });
    run(40_000);
    state.slippedMs += 9;
    state.latencyMs -= 9;
    run(1_000);
    for (let second = 0; second < 40; second++) {
      expect(Math.abs(errorMs())).toBeLessThan(second < 2 ? 9.5 : 0.6);
      run(500);
    }
  });

  it('is not misled by a device that holds more of the sound as soon as others begin to play', () => {
    for (const afterMs of [300, 1_000, 2_000, 5_000, 8_000]) {
      const { state, run, staysWithin } = device({ ppm: 50 });
      run(afterMs);
      state.slippedMs -= 10;
      state.latencyMs += 10;
      run(2_500);
      staysWithin(0.9, 20);
    }
  });

  it('does not follow a device that tells a few seconds wrongly', () => {
    const { state, run, errorMs } = device();
    run(40_000);
    state.lieMs = -9;
    run(5_000);
    expect(Math.abs(errorMs())).toBeLessThan(0.3);
  });

  it('believes the furthest where sound is converted on its way out', () => {
    const { run, errorMs } = device({ step: 10 });
    run(20_000);
    expect(Math.abs(errorMs())).toBeLessThan(1);
  });

  it('is right from the first second on, although a device that was just opened strays', () => {
    const { state, run, staysWithin } = device({ ppm: 50 });
    run(1_000);
    let half = 0;
    staysWithin(0.9, 30, () => {
      half += 1;
      state.lieMs = half < 8 ? -1.2 * half : Math.min(0, half - 18);
    });
  });

  it('comes to a device that is wrong from the beginning and settles', () => {
    const { state, run, errorMs } = device({ ppm: 50 });
    for (let second = 0; second < 10; second++) {
      state.lieMs = second - 10;
      run(1_000);
    }
    state.lieMs = 0;
    run(7_000);
    expect(Math.abs(errorMs())).toBeLessThan(0.3);
  });

  it('knows from an earlier visit what a device tells wrongly at first', () => {
    const { state, run, errorMs } = device({ latency: new OutputLatency(80 - 300) });
    state.lieMs = -10;
    run(600);
    expect(Math.abs(errorMs())).toBeLessThan(1.5);
    run(5_000);
    expect(Math.abs(errorMs())).toBeLessThan(1);
  });

  it('is not misled by a page that may look but once a second', () => {
    const { run, errorMs } = device({ ppm: 50 });
    run(30_000);
    for (let samples = 0; samples < 60; samples++) {
      run(1_000, 1_000);
      expect(Math.abs(errorMs())).toBeLessThan(1);
    }
  });

  it('tells no time before it can', () => {
    const { clock, run } = device();
    run(200);
    expect(clock.ready).toBe(false);
    run(400);
    expect(clock.ready).toBe(true);
  });

  it('believes a device that was changed', () => {
    const { state, run, errorMs } = device();
    run(40_000);
    state.latencyMs = 280;
    run(22_000);
    expect(Math.abs(errorMs())).toBeLessThan(1);
  });

  it('believes in the end a device that holds less of the sound from now on', () => {
    const { state, run, errorMs } = device({ ppm: 50 });
    run(40_000);
    state.slippedMs += 9;
    state.latencyMs -= 9;
    run(30_000);
    expect(Math.abs(errorMs())).toBeLessThan(1);
  });
});
