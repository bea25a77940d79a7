import type { Chunks } from '../wire/contract';
import { ChunkStore } from './chunkStore';

/** How chunks are had from the hub. */
export interface ChunkApi {
  chunks(trackId: string): Promise<Chunks>;
  chunk(url: string): Promise<ArrayBuffer>;
}

const askAgainMs = 3_000;
/** The track that is heard, the next one, and one more for a change of mind. */
const keptStores = 3;

interface Answer {
  chunks: Chunks | undefined;
  asked: Promise<boolean>;
  askedAtMs: number;
}

/** Which tracks the hub has in chunks, and the stores of those that are heard. */
export class ChunkShelf {
  private readonly answers = new Map<string, Answer>();
  private readonly stores = new Map<string, ChunkStore>();

  constructor(
    private readonly api: ChunkApi,
    private readonly decode: (bytes: ArrayBuffer) => Promise<AudioBuffer>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether the track can be had in chunks: known, or being asked. A track whose chunks are being cut cannot yet. */
  offered(trackId: string): boolean | Promise<boolean> {
    const known = this.answers.get(trackId);
    if (known?.chunks?.state === 'ready') return true;
    if (known?.chunks?.state === 'never') return false;
    if (known !== undefined && this.now() - known.askedAtMs < askAgainMs) return known.chunks ? false : known.asked;
    return this.ask(trackId);
  }

  open(trackId: string): ChunkStore | undefined {
    const chunks = this.answers.get(trackId)?.chunks;
    if (chunks?.state !== 'ready') return undefined;
    const kept = this.stores.get(trackId);
    this.stores.delete(trackId);
    const fetchChunk = (index: number) => this.api.chunk(chunks.url.replace('{index}', String(index)));
    const store = kept && !kept.failed ? kept : new ChunkStore(trackId, chunks, fetchChunk, this.decode, this.now);
    this.stores.set(trackId, store);
    for (const oldest of this.stores.keys()) if (this.stores.size > keptStores) this.stores.delete(oldest);
    return store;
  }

  private ask(trackId: string): Promise<boolean> {
    const answer: Answer = { chunks: undefined, asked: Promise.resolve(false), askedAtMs: this.now() };
    this.answers.set(trackId, answer);
    answer.asked = this.api.chunks(trackId).then(
      (chunks) => {
        answer.chunks = chunks;
        return chunks.state === 'ready';
      },
      () => {
        this.answers.delete(trackId);
        return false;
      },
    );
    return answer.asked;
  }
}
