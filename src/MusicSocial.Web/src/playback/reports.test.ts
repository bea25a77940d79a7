import { describe, expect, it } from 'vitest';
import { reportOf } from './reports';

const song = { id: 't1' };

describe('a playback report', () => {
  it('draws the same line whenever it is made', () => {
    const time = { now: 1_000_000 };
    const player = { positionMs: () => time.now - 958_000.25 };
    const clock = { ready: true, now: () => time.now };
    const lines = [0, 15_000, 61_234.5].map((passed) => {
      time.now = 1_000_000 + passed;
      const { positionMs, atMs } = reportOf(song, 'playing', player, clock, 'd1');
      return (atMs ?? Number.NaN) - positionMs;
    });
    expect(lines).toEqual([958_000.25, 958_000.25, 958_000.25]);
  });

  it('names no time while hub time is not known', () => {
    const clock = { ready: false, now: () => 12 };
    expect(reportOf(song, 'paused', { positionMs: () => 5 }, clock, 'd1')).toMatchObject({ atMs: null, rate: null });
  });
});
