import { describe, expect, it } from 'vitest';
import { ChunkStore } from './chunkStore';

const chunks = {
  state: 'ready' as const,
  chunkMs: 2_000,
  prerollMs: 100,
  count: 30,
  durationMs: 59_000,
  url: '/{index}',
  wholeUrl: '',
};
const settle = async () => {
  for (let i = 0; i < 60; i++) await Promise.resolve();
};

function store(fetchChunk: (index: number) => Promise<ArrayBuffer>) {
  const time = { now: 0 };
  const kept = new ChunkStore(
    't',
    chunks,
    fetchChunk,
    async (bytes) => ({ length: bytes.byteLength }) as AudioBuffer,
    () => time.now,
  );
  return { time, kept };
}

describe('a chunk store', () => {
  it('brings what is heard first and enough ahead to live through a lost network', async () => {
    const asked: number[] = [];
    const { kept } = store(async (index) => {
      asked.push(index);
      return new ArrayBuffer(1);
    });
    for (let i = 0; i < 10; i++) {
      kept.want(10_500);
      await settle();
    }
    expect(asked).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('forgets what was heard', async () => {
    const { kept } = store(async () => new ArrayBuffer(1));
    kept.want(0, 0);
    await settle();
    expect(kept.get(0)).toBeDefined();
    kept.want(6_000, 0);
    expect(kept.get(0)).toBeUndefined();
  });

  it('never asks past the last chunk', async () => {
    const asked: number[] = [];
    const { kept } = store(async (index) => {
      asked.push(index);
      return new ArrayBuffer(1);
    });
    kept.want(999_000);
    await settle();
    expect(asked).toEqual([29]);
  });

  it('waits for a network that is away as long as there is something to hear, then gives up', async () => {
    let away = false;
    const { kept, time } = store(async () => {
      if (away) throw new Error('away');
      return new ArrayBuffer(1);
    });
    kept.want(0, 1);
    await settle();
    away = true;
    for (time.now = 0; time.now < 10_000; time.now += 1_000) {
      kept.want(1_000);
      await settle();
    }
    expect(kept.failed).toBe(false);
    for (; time.now < 20_000; time.now += 1_000) {
      kept.want(9_000);
      await settle();
    }
    expect(kept.failed).toBe(true);
  });
});
