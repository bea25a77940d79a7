import type { Chunks } from '../wire/contract';

const askAgainMs = 3_000;

export interface ChunkAnswer {
  /** What the hub said last; undefined while it has not answered, or where it cannot be reached. */
  chunks: Chunks | undefined;
  pending: boolean;
  /** Resolves when the question that is under way is over, answered or not. */
  came: Promise<Chunks | undefined>;
  askedAtMs: number;
  firstAskedAtMs: number;
}

/** What the hub says about the chunks and the Opus file of each track, asked once for everything on the page that wants to know. */
export class ChunkIndex {
  private readonly answers = new Map<string, ChunkAnswer>();

  constructor(
    private readonly ask: (trackId: string) => Promise<Chunks>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What is known without asking. */
  known(trackId: string): Chunks | undefined {
    return this.answers.get(trackId)?.chunks;
  }

  /** What is known, and what is under way: asks when nothing is known, and again every few seconds while the track is being cut. */
  answerFor(trackId: string): ChunkAnswer {
    const known = this.answers.get(trackId);
    const isFinal = known?.chunks !== undefined && known.chunks.state !== 'coming';
    if (known && (isFinal || this.now() - known.askedAtMs < askAgainMs)) return known;
    const askedAtMs = this.now();
    const answer: ChunkAnswer = {
      chunks: known?.chunks,
      pending: true,
      came: Promise.resolve(undefined),
      askedAtMs,
      firstAskedAtMs: known?.firstAskedAtMs ?? askedAtMs,
    };
    answer.came = this.ask(trackId)
      .then(
        (chunks) => (answer.chunks = chunks),
        () => answer.chunks,
      )
      .finally(() => (answer.pending = false));
    this.answers.set(trackId, answer);
    return answer;
  }
}
