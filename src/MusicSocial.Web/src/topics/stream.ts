import type { FollowAnswer, Frame, Gap, TopicEvent, TopicPosition } from '../wire/contract';
import { isRefusal, type Refusal } from '../wire/refusal';

/** What a follower of a topic gets to see: everything once, in order. */
export interface TopicReader {
  /** The topic's whole state; what came before it is void. It may already contain the next few events. */
  snapshot(data: unknown): void;
  event(event: TopicEvent): void;
  /** A frame showed only some of the events it covers: the rest is in history. */
  sampled?(shown: number, total: number): void;
  refused?(refusal: Refusal): void;
}

/** Refusals that say nothing about the topic or the person: asked again, the answer is another. */
const passing = new Set(['server.busy', 'rate.limited']);
const askAgainInMs = 2_000;

export type AskForTopic = (since: TopicPosition | null) => Promise<FollowAnswer>;

/** One followed topic: holds what arrives early, drops what it has seen, and asks again when there is a hole. */
export class TopicStream {
  position: TopicPosition | undefined;
  private asking = false;
  private askAgain = false;
  private held: Frame[] = [];
  private closed = false;

  constructor(
    private readonly ask: AskForTopic,
    private readonly reader: TopicReader,
    private readonly later: (ms: number, run: () => void) => void = (ms, run) => setTimeout(run, ms),
  ) {}

  /** Follows, or follows again from where it stands: at first, after a reconnect, after a gap. */
  async resume(): Promise<void> {
    if (this.closed) return;
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    try {
      this.take(await this.ask(this.position ?? null));
    } catch (error) {
      if (isRefusal(error)) this.turnedDown(error);
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
  }

  private turnedDown(refusal: Refusal): void {
    // The next connection resumes by itself.
    if (this.closed || refusal.code === 'hub.disconnected') return;
    // Whoever followed already does not lose the topic over a busy moment; a newcomer is told.
    const waits = refusal.code === 'hub.failed' || (this.position !== undefined && passing.has(refusal.code));
    if (waits) this.later(refusal.retryAfterMs ?? askAgainInMs, () => void this.resume());
    else this.reader.refused?.(refusal);
  }

  private take(answer: FollowAnswer): void {
    if (this.closed) return;
    if (!answer.recovered) {
      this.reader.snapshot(answer.snapshot ?? null);
      this.position = answer.recovered ? this.position : answer.position;
    }
    for (const event of answer.events) this.see(event, answer.position.epoch);
    this.position = answer.position;
    const held = this.held;
    this.held = [];
    for (const frame of held) if (frame.epoch === answer.position.epoch) this.apply(frame);
  }

  private apply(frame: Frame): void {
    if (this.position === undefined || frame.to <= this.position.offset) return;
    for (const event of frame.events) this.see(event, frame.epoch);
    if (frame.shown < frame.total) this.reader.sampled?.(frame.shown, frame.total);
    this.position = { epoch: frame.epoch, offset: Math.max(frame.to, this.position.offset) };
  }

  private see(event: TopicEvent, epoch: string): void {
    if (this.position?.epoch === epoch && event.offset <= this.position.offset) return;
    this.position = { epoch, offset: event.offset };
    this.reader.event(event);
  }
}
