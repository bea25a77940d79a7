import type { FollowAnswer, Frame, Gap, TopicEvent, TopicPosition } from '../wire/contract';
import { isRefusal, isTransient, type Refusal } from '../wire/refusal';

/** What the reader of a topic gets: everything once, in order. */
export interface TopicReader {
  /** The topic's whole state; what came before it is void. It may already contain the next few events. */
  snapshot(data: unknown): void;
  event(event: TopicEvent): void;
  /** A frame showed only some of the events it covers: the rest is in history. */
  sampled?(shown: number, total: number): void;
  /** The hub refuses for good: the topic is not followed (any more). */
  refused?(refusal: Refusal): void;
  /** The hub cannot answer for the moment, and nothing is here yet; it is asked again. */
  delayed?(refusal: Refusal): void;
}

const askAgainInMs = 2_000;

export type AskForTopic = (since: TopicPosition | null) => Promise<FollowAnswer>;

/** One followed topic: holds what arrives early, drops what it has seen, and asks again when there is a hole. */
export class TopicStream {
  position: TopicPosition | undefined;
  private asking = false;
  private askAgain = false;
  private held: Frame[] = [];
  private closed = false;
  private cancelRetry = () => {};

  constructor(
    private readonly ask: AskForTopic,
    private readonly reader: TopicReader,
    private readonly after: (ms: number, run: () => void) => () => void = cancellableTimeout,
    private readonly report: (what: string, error: unknown) => void = console.error,
  ) {}

  /** Follows, or follows again from where it stands: at first, after a reconnect, after a gap. */
  async resume(): Promise<void> {
    if (this.closed) return;
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    this.cancelRetry();
    try {
      this.take(await this.ask(this.position ?? null));
    } catch (error) {
      this.failed(error);
    } finally {
      this.asking = false;
    }
    if (this.askAgain) {
      this.askAgain = false;
      await this.resume();
    }
  }

  frame(frame: Frame): void {
    if (this.closed) return;
    if (this.asking || this.position === undefined) {
      this.held.push(frame);
      return;
    }
    if (frame.epoch !== this.position.epoch || frame.from > this.position.offset + 1) {
      this.held.push(frame);
      void this.resume();
      return;
    }
    this.apply(frame);
  }

  gap(gap: Gap): void {
    const position = this.position;
    if (position !== undefined && gap.epoch === position.epoch && gap.to <= position.offset) return;
    void this.resume();
  }

  close(): void {
    this.closed = true;
    this.held = [];
    this.cancelRetry();
  }

  private failed(error: unknown): void {
    if (this.closed) return;
    if (!isRefusal(error)) {
      this.report(`A topic could not be followed; it is asked for again in ${askAgainInMs / 1_000} s.`, error);
      this.retryIn(askAgainInMs);
    } else if (error.code === 'hub.disconnected') {
      // The next connection resumes every topic.
    } else if (isTransient(error)) {
      if (this.position === undefined) this.reader.delayed?.(error);
      this.retryIn(error.retryAfterMs ?? askAgainInMs);
    } else this.reader.refused?.(error);
  }

  private retryIn(ms: number): void {
    this.cancelRetry();
    this.cancelRetry = this.after(ms, () => void this.resume());
  }

  private take(answer: FollowAnswer): void {
    if (this.closed) return;
    const { topic } = answer;
    if (!answer.recovered) {
      this.position = answer.position;
      const snapshot = answer.snapshot ?? null;
      this.guard(`The snapshot of topic ${topic} could not be applied.`, () => this.reader.snapshot(snapshot));
    }
    for (const event of answer.events) this.deliver(topic, event, answer.position.epoch);
    this.position = answer.position;
    const held = this.held;
    this.held = [];
    for (const frame of held) if (frame.epoch === answer.position.epoch) this.apply(frame);
  }

  private apply(frame: Frame): void {
    if (this.position === undefined || frame.to <= this.position.offset) return;
    for (const event of frame.events) this.deliver(frame.topic, event, frame.epoch);
    if (frame.shown < frame.total) this.reader.sampled?.(frame.shown, frame.total);
    this.position = { epoch: frame.epoch, offset: Math.max(frame.to, this.position.offset) };
  }

  private deliver(topic: string, event: TopicEvent, epoch: string): void {
    if (this.position?.epoch === epoch && event.offset <= this.position.offset) return;
    this.position = { epoch, offset: event.offset };
    const { offset, type } = event;
    this.guard(`Event ${offset} (${type}) of topic ${topic} could not be applied and is skipped.`, () =>
      this.reader.event(event),
    );
  }

  /** An error in what reads the topic must not stop the topic, nor pass without a trace. */
  private guard(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.report(what, error);
    }
  }
}

function cancellableTimeout(ms: number, run: () => void): () => void {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
}
