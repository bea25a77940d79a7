import { beforeEach, describe, expect, it, vi } from 'vitest';
import { latencyOf } from './deviceMemory';

const loudspeaker = { sampleRate: 48_000, baseLatency: 0.021 };
let kept: string | undefined;

beforeEach(() => {
  kept = undefined;
  vi.stubGlobal('localStorage', {
    getItem: () => kept ?? null,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  });
});

function learn(ms: number): void {
  const latency = latencyOf(loudspeaker);
  for (let halfSecond = 0; halfSecond < 60; halfSecond++) latency.take(ms);
}

describe('what is remembered of a device', () => {
  it('helps the next visit', () => {
    learn(82);
    expect(latencyOf(loudspeaker).ms).toBe(82);
  });

  it('is of no use to a device of another rate', () => {
    learn(82);
    expect(latencyOf({ ...loudspeaker, sampleRate: 44_100 }).isKnown).toBe(false);
  });

  it.each(['', 'null', '{', '{"ms":"soon"}', '[]'])('is nothing when %o was written there', (text) => {
    kept = text;
    expect(latencyOf(loudspeaker).isKnown).toBe(false);
  });
});
