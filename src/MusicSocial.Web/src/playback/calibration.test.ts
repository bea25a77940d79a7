import { describe, expect, it } from 'vitest';
import { lateness } from './calibration';

const clicks = (lateMs: number, jitterMs = 0) =>
  Array.from({ length: 12 }, (_, beat) => 5_000 + beat * 800 + lateMs + (beat % 2 ? jitterMs : -jitterMs));

describe('tapping along', () => {
  it('finds how late a loudspeaker is, from earlier taps to Bluetooth', () => {
    for (const late of [-150, -20, 0, 60, 180, 320, 550])
      expect(lateness(clicks(late), 5_000, 800)).toBeCloseTo(late, 6);
  });

  it('is not moved by one slip', () => {
    const taps = clicks(180);
    taps[3] = (taps[3] ?? 0) + 190;
    expect(lateness(taps, 5_000, 800)).toBeCloseTo(180, 6);
  });

  it('says nothing after a few taps', () => {
    expect(lateness(clicks(180).slice(0, 5), 5_000, 800)).toBeUndefined();
  });
});
