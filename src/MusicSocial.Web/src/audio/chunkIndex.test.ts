import { describe, expect, it, vi } from 'vitest';
import type { Chunks, Track } from '../wire/contract';
import { ChunkIndex } from './chunkIndex';
import { ChunkStores } from './chunkStores';
import { Renditions } from './renditions';

const said = (state: Chunks['state']) => ({ state, url: '/{index}', wholeUrl: '/opus' }) as Chunks;
const turn = () => new Promise((resolve) => setTimeout(resolve));

function setUp(answer: () => Promise<Chunks>) {
  const time = { ms: 0 };
  const asked: string[] = [];
  const index = new ChunkIndex(
    (id) => {
      asked.push(id);
      return answer();
    },
    () => time.ms,
  );
  return { time, asked, index };
}

describe('what the hub says about a track', () => {
  it('is asked for once by all that want to know', async () => {
    const { time, asked, index } = setUp(async () => said('ready'));
    const stores = new ChunkStores(
      index,
      async () => new ArrayBuffer(0),
      async () => ({}) as AudioBuffer,
    );
    vi.stubGlobal('localStorage', { getItem: () => 'opus' });
    const files = new Renditions(index, () => time.ms);
    const offered = stores.offered('t');
    files.of({ id: 't', audioUrl: '/t' } as Track);
    expect(await offered).toBe(true);
    expect(stores.offered('t')).toBe(true);
    expect(files.of({ id: 't', audioUrl: '/t' } as Track)?.url).toBe('/opus');
    expect(asked).toEqual(['t']);
  });

  it('is asked again every few seconds while the track is being cut, and not after that', async () => {
    let state: Chunks['state'] = 'coming';
    const { time, asked, index } = setUp(async () => said(state));
    for (time.ms = 0; time.ms < 6_000; time.ms += 500) {
      index.answerFor('t');
      await turn();
    }
    expect(asked.length).toBe(2);
    state = 'ready';
    for (; time.ms < 60_000; time.ms += 500) {
      index.answerFor('t');
      await turn();
    }
    expect(asked.length).toBe(3);
  });

  it('is unknown while the hub cannot be reached, and asked again', async () => {
    let reachable = false;
    const { time, index } = setUp(async () => {
      if (!reachable) throw new Error('away');
      return said('ready');
    });
    expect(await index.answerFor('t').came).toBeUndefined();
    reachable = true;
    expect(index.answerFor('t').pending).toBe(false);
    time.ms = 3_500;
    expect((await index.answerFor('t').came)?.state).toBe('ready');
  });
});
