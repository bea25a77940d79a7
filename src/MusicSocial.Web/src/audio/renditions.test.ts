import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chunks, Track } from '../wire/contract';
import { ChunkIndex } from './chunkIndex';
import { Renditions } from './renditions';

const song = (id: string) => ({ id, audioUrl: `/audio/${id}` }) as Track;
const one = song('one');
const two = song('two');
const said = (state: Chunks['state'], wholeUrl = '') => ({ state, wholeUrl }) as Chunks;
const turn = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

function renditions(answer: () => Promise<Chunks>) {
  const time = { ms: 0 };
  const ask = vi.fn(answer);
  return { time, ask, files: new Renditions(new ChunkIndex(ask, () => time.ms), () => time.ms) };
}

describe('the file of a track', () => {
  it('is the original, without asking, unless the listener chose otherwise', () => {
    const { files, ask } = renditions(() => Promise.resolve(said('ready', '/opus/one')));
    expect(files.of(one)?.url).toBe('/audio/one');
    expect(ask).not.toHaveBeenCalled();
  });

  it('is the Opus one where that is ready, on this device for good', async () => {
    const answer = () => Promise.resolve(said('ready', '/opus/one'));
    renditions(answer).files.prefer('opus');
    const { files } = renditions(answer);
    expect(files.quality).toBe('opus');
    expect(files.of(one)).toBeUndefined();
    await turn();
    expect(files.of(one)?.url).toBe('/opus/one');
    expect(files.isSmaller(one)).toBe(true);
  });

  it('is the original where Opus is not ready, and stays it while it is heard', async () => {
    let state = said('coming');
    const { files, time } = renditions(() => Promise.resolve(state));
    files.prefer('opus');
    files.of(one);
    await turn();
    expect(files.of(one)?.url).toBe('/audio/one');
    state = said('ready', '/opus/one');
    time.ms = 10_000;
    expect(files.of(one)?.url).toBe('/audio/one');
    files.startOver();
    files.of(one);
    await turn();
    expect(files.of(one)?.url).toBe('/opus/one');
  });

  it('is the original where the hub does not answer', () => {
    const { files, time } = renditions(() => new Promise(() => {}));
    files.prefer('opus');
    expect(files.of(one)).toBeUndefined();
    time.ms = 1_500;
    expect(files.of(one)?.url).toBe('/audio/one');
  });

  it('is the original after the Opus one broke off', async () => {
    const { files } = renditions(() => Promise.resolve(said('ready', '/opus/one')));
    files.prefer('opus');
    expect((await files.settled(one)).url).toBe('/opus/one');
    // The same song is also the next one.
    expect(files.ahead(one)?.url).toBe('/opus/one');
    expect(files.forgo(one)).toBe(true);
    expect(files.of(one)?.url).toBe('/audio/one');
    expect(files.forgo(one)).toBe(false);
  });
});

describe('the file of the next track', () => {
  it('waits for what is being coded, and is what will be heard', async () => {
    let state = said('coming');
    const { files, time, ask } = renditions(() => Promise.resolve(state));
    files.prefer('opus');
    files.ahead(two);
    await turn();
    time.ms = 2_000;
    expect(files.ahead(two)).toBeUndefined();
    expect(ask).toHaveBeenCalledTimes(1);
    state = said('ready', '/opus/two');
    time.ms = 4_000;
    files.ahead(two);
    await turn();
    expect(files.ahead(two)?.url).toBe('/opus/two');
    expect(files.of(two)).toBe(files.ahead(two));
  });

  it('is the original when coding takes too long', async () => {
    const { files, time } = renditions(() => Promise.resolve(said('coming')));
    files.prefer('opus');
    files.ahead(two);
    await turn();
    time.ms = 16_000;
    expect(files.ahead(two)?.url).toBe('/audio/two');
  });
});
