import type { Chunks } from '../wire/contract';

const fetchedAhead = 8;
const atOnce = 2;
const patience = 3;
const retryMs = 700;

export type FetchChunk = (index: number) => Promise<ArrayBuffer>;
export type DecodeChunk = (bytes: ArrayBuffer) => Promise<AudioBuffer>;

/** The decoded chunks of one track around its position: one behind, enough ahead to play through a lost network. */
export class ChunkStore {
  failed = false;
  private readonly decoded = new Map<number, AudioBuffer>();
  private readonly underway = new Set<number>();
  private failures = 0;
  private around = 0;
  private waitUntil = 0;

  constructor(
    readonly trackId: string,
    readonly chunks: Chunks,
    private readonly fetchChunk: FetchChunk,
    private readonly decode: DecodeChunk,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(index: number): AudioBuffer | undefined {
    return this.decoded.get(index);
  }

  indexAt(positionMs: number): number {
    return Math.min(this.chunks.count - 1, Math.max(0, Math.floor(positionMs / this.chunks.chunkMs)));
  }

  /** Fetches and decodes what is needed from there on. */
  want(positionMs: number, ahead = fetchedAhead): void {
    this.around = this.indexAt(positionMs);
    for (const index of this.decoded.keys()) {
      if (index < this.around - 1 || index > this.around + fetchedAhead) this.decoded.delete(index);
    }
    if (this.failed || this.now() < this.waitUntil) return;
    const last = Math.min(this.chunks.count - 1, this.around + ahead);
    for (let index = this.around; index <= last && this.underway.size < atOnce; index++) {
      if (!this.decoded.has(index) && !this.underway.has(index)) void this.bring(index);
    }
  }

  private async bring(index: number): Promise<void> {
    this.underway.add(index);
    try {
      const buffer = await this.decode(await this.fetchChunk(index));
      this.failures = 0;
      if (index >= this.around - 1) this.decoded.set(index, buffer);
    } catch {
      this.failures += 1;
      this.waitUntil = this.now() + retryMs;
      // While there is something to play, a lost network is waited for.
      if (this.failures >= patience && !this.decoded.has(this.around)) this.failed = true;
    } finally {
      this.underway.delete(index);
    }
  }
}
