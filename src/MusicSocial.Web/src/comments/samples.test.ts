import { describe, expect, it } from 'vitest';
import { Samples, type Share } from './samples';

function setUp() {
  const told: (Share | undefined)[] = [];
  const timers: (() => void)[] = [];
  const samples = new Samples(
    (share) => told.push(share),
    (_, run) => timers.push(run),
  );
  return { told, timers, samples };
}

describe('samples', () => {
  it('add up while frames leave something out', () => {
    const { told, samples } = setUp();
    samples.add(2, 40);
    samples.add(3, 60);
    expect(told).toEqual([
      { shown: 2, total: 40 },
      { shown: 5, total: 100 },
    ]);
  });

  it('are forgotten one by one, and nothing is said once everything is shown again', () => {
    const { told, timers, samples } = setUp();
    samples.add(2, 40);
    samples.add(3, 60);
    for (const run of timers) run();
    expect(told.slice(2)).toEqual([{ shown: 3, total: 60 }, undefined]);
  });

  it('of another song do not come back', () => {
    const { told, timers, samples } = setUp();
    samples.add(2, 40);
    samples.clear();
    samples.add(1, 5);
    timers[0]?.();
    expect(told).toEqual([{ shown: 2, total: 40 }, undefined, { shown: 1, total: 5 }]);
  });
});
