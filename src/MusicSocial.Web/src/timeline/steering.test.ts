import { describe, expect, it } from 'vitest';
import { Steering } from './steering';

const precision = { untouchedMs: 0.3, undoneInMs: 3_000, firmFromMs: 10 };

describe('steering', () => {
  it('leaves inaudible errors alone', () => {
    expect(new Steering().correct(0.2, 0, precision)).toEqual({ kind: 'rate', factor: 1 });
  });

  it.each([
    [8, 0.001],
    [-8, 0.001],
    [50, 0.004],
    [-25, 0.004],
  ])('corrects %d ms against its sign by at most %d', (error, limit) => {
    const correction = new Steering().correct(error, 0, precision);
    if (correction.kind !== 'rate') throw new Error('expected a rate');
    expect(Math.sign(1 - correction.factor)).toBe(Math.sign(error));
    expect(Math.abs(1 - correction.factor)).toBeLessThanOrEqual(limit + 1e-12);
  });

  it('jumps for a large error only when it is confirmed', () => {
    const steering = new Steering();
    expect(steering.correct(200, 0, precision).kind).toBe('rate');
    expect(steering.correct(200, 100, precision).kind).toBe('jump');
  });

  it('jumps when a middling error lingers', () => {
    const steering = new Steering();
    const kinds = [0, 100, 200, 300, 400].map((at) => steering.correct(40, at, precision).kind);
    expect(kinds).toEqual(['rate', 'rate', 'rate', 'rate', 'jump']);
  });

  it('cools down between two jumps', () => {
    const steering = new Steering();
    const jumps = Array.from({ length: 20 }, (_, i) => steering.correct(200, i * 100, precision).kind).filter(
      (k) => k === 'jump',
    );
    expect(jumps).toHaveLength(2);
  });
});
