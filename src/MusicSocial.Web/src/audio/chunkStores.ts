import type { ChunkIndex } from './chunkIndex';
import { ChunkStore, type DecodeChunk } from './chunkStore';

/** The track that is heard, the next one, and one more for a change of mind. */
const keptStores = 3;

/** The stores of the tracks that are heard, or will be soon. */
export class ChunkStores {
  private readonly stores = new Map<string, ChunkStore>();

  constructor(
    private readonly index: ChunkIndex,
    private readonly fetchChunk: (url: string) => Promise<ArrayBuffer>,
    private readonly decode: DecodeChunk,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether the track can be had in chunks: known, or being asked. A track whose chunks are being cut cannot yet. */
  offered(trackId: string): boolean | Promise<boolean> {
    const answer = this.index.answerFor(trackId);
    if (answer.pending) return answer.came.then((chunks) => chunks?.state === 'ready');
    return answer.chunks?.state === 'ready';
  }

  open(trackId: string): ChunkStore | undefined {
    const chunks = this.index.known(trackId);
    if (chunks?.state !== 'ready') return undefined;
    const kept = this.stores.get(trackId);
    this.stores.delete(trackId);
    const fetchChunk = (index: number) => this.fetchChunk(chunks.url.replace('{index}', String(index)));
    const store = kept && !kept.failed ? kept : new ChunkStore(trackId, chunks, fetchChunk, this.decode, this.now);
    this.stores.set(trackId, store);
    for (const oldest of this.stores.keys()) if (this.stores.size > keptStores) this.stores.delete(oldest);
    return store;
  }
}
