import type { Frame, Gap, SignalBatch } from '../wire/contract';
import type { Hub } from '../wire/hub';
import { type AskForTopic, type TopicReader, TopicStream } from './stream';

export type SignalReader = (type: string, data: unknown) => void;

interface Followed {
  stream: TopicStream;
  signals: SignalReader | undefined;
}

/** Every topic this page follows, over the connection of the moment. */
export class Topics {
  private readonly followed = new Map<string, Followed>();

  constructor(
    private readonly hub: Pick<Hub, 'follow' | 'unfollow'>,
    private readonly connected: () => boolean,
  ) {}

  /** Follows until the returned function is called. `ask` replaces the plain call where following is part of more (joining a room). */
  follow(topic: string, reader: TopicReader, signals?: SignalReader, ask?: AskForTopic): () => void {
    const stream = new TopicStream(ask ?? ((since) => this.hub.follow(topic, since)), reader);
    this.followed.get(topic)?.stream.close();
    this.followed.set(topic, { stream, signals });
    if (this.connected()) void stream.resume();
    return () => {
      stream.close();
      if (this.followed.get(topic)?.stream !== stream) return;
      this.followed.delete(topic);
      if (this.connected()) this.hub.unfollow(topic).catch(() => {});
    };
  }

  /** A new connection follows nothing yet: follow every topic again from its position. */
  resumeAll(): void {
    for (const { stream } of this.followed.values()) void stream.resume();
  }

  frame(frame: Frame): void {
    this.followed.get(frame.topic)?.stream.frame(frame);
  }

  gap(gap: Gap): void {
    this.followed.get(gap.topic)?.stream.gap(gap);
  }

  signal(batch: SignalBatch): void {
    const signals = this.followed.get(batch.topic)?.signals;
    if (signals) for (const signal of batch.signals) signals(signal.type, signal.data);
  }
}
