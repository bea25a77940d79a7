import { describe, expect, it } from 'vitest';
import { describeSync, uncertaintyOf } from './syncText';

describe('the sync chip', () => {
  it('adds what the clock cannot know to what was measured', () => {
    const uncertaintyMs = uncertaintyOf({ boundMs: 2, sigmaMs: 0.3 }, -3.2);
    expect(uncertaintyMs).toBeCloseTo(5.8);
    expect(describeSync('room', 'following', -3.2, uncertaintyMs)).toEqual({ tone: 'good', text: 'In sync ±6 ms' });
  });

  it('owns up to an audible error, with its direction', () => {
    expect(describeSync('room', 'following', 44, 1)).toEqual({ tone: 'off', text: '+44 ms' });
    expect(describeSync('along', 'following', -44, 1)).toEqual({ tone: 'off', text: '−44 ms' });
  });

  it('has nothing to say to someone listening alone', () => {
    expect(describeSync('solo', 'following', 0, 1)).toBeUndefined();
    expect(describeSync('room', 'paused', 0, 1)).toBeUndefined();
  });
});
