import { describe, expect, it } from 'vitest';
import { gainOf } from './loudness';

const dbOf = (track: Parameters<typeof gainOf>[0]) => 20 * Math.log10(gainOf(track));

describe('songs made equally loud', () => {
  it('turns a loud song down however far it takes', () => {
    expect(dbOf({ loudness: -8, peak: 0.5 })).toBeCloseTo(-6);
    expect(dbOf({ loudness: 3, peak: 6 })).toBeCloseTo(-17);
  });

  it('raises a quiet song to where the others are', () => {
    expect(dbOf({ loudness: -18, peak: -12 })).toBeCloseTo(4);
  });

  it('raises no song further than its peaks allow', () => {
    expect(dbOf({ loudness: -18, peak: -1.5 })).toBeCloseTo(1.5);
    expect(gainOf({ loudness: -18, peak: 0.3 })).toBe(1);
    expect(gainOf({ loudness: -18 })).toBe(1);
  });

  it('raises no song by more than 6 dB', () => {
    expect(dbOf({ loudness: -40, peak: -30 })).toBeCloseTo(6);
  });

  it('leaves a song alone that is right, or that was not measured', () => {
    expect(gainOf({ loudness: -14, peak: -1 })).toBe(1);
    expect(gainOf({})).toBe(1);
    expect(gainOf({ loudness: null, peak: null })).toBe(1);
  });
});
