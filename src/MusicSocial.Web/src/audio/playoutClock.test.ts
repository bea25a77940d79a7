import { describe, expect, it } from 'vitest';
import { PlayoutClock } from './playoutClock';

/** A context whose timestamps scatter by up to half a render block, as browsers' do. */
function device(shiftMs = 1_000) {
  const state = { now: 5_000, shiftMs, seed: 1 };
  const noise = () => {
    state.seed = (state.seed * 1_664_525 + 1_013_904_223) >>> 0;
    return (state.seed / 2 ** 32 - 0.5) * 6;
  };
  const context = {
    getOutputTimestamp: () => ({
      contextTime: (state.now - state.shiftMs + noise()) / 1_000,
      performanceTime: state.now,
    }),
  };
  const clock = new PlayoutClock(context, () => state.now);
  const run = (looks: number) => {
    for (let i = 0; i < looks; i++) {
      state.now += 100;
      clock.look();
    }
  };
  return { state, clock, run };
}

describe('the playout clock', () => {
  it('is steadier than any single reading', () => {
    const { state, clock, run } = device();
    run(15);
    for (let i = 0; i < 50; i++) {
      run(1);
      expect(Math.abs(clock.heard * 1_000 - (state.now - state.shiftMs))).toBeLessThan(2);
    }
  });

  it('ignores a single mapping from nowhere and believes a lasting one', () => {
    const { state, clock, run } = device();
    run(15);
    state.shiftMs = 1_540;
    run(1);
    expect(Math.abs(clock.heard * 1_000 - (state.now - 1_000))).toBeLessThan(3);
    run(4);
    expect(Math.abs(clock.heard * 1_000 - (state.now - 1_540))).toBeLessThan(4);
  });
});
