import { describe, expect, it } from 'vitest';
import type { FollowAnswer, Frame, TopicEvent, TopicPosition } from '../wire/contract';
import { Refusal } from '../wire/refusal';
import { TopicStream } from './stream';

const event = (offset: number): TopicEvent => ({ offset, type: 'chat', atMs: offset, data: offset });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => event(from + i));
const frame = (from: number, to: number, epoch = 'e1'): Frame => ({
  topic: 't',
  epoch,
  from,
  to,
  shown: to - from + 1,
  total: to - from + 1,
  events: range(from, to),
});
const snapshotAt = (offset: number, epoch = 'e1'): FollowAnswer => ({
  topic: 't',
  position: { epoch, offset },
  recovered: false,
  events: [],
  snapshot: `snapshot@${epoch}:${offset}`,
});
const recovered = (from: number, to: number): FollowAnswer => ({
  topic: 't',
  position: { epoch: 'e1', offset: to },
  recovered: true,
  events: range(from, to),
});

function setUp() {
  const seen: unknown[] = [];
  const asked: { since: TopicPosition | null; answer: (a: FollowAnswer) => void; refuse: (e: unknown) => void }[] = [];
  const stream = new TopicStream((since) => new Promise((answer, refuse) => asked.push({ since, answer, refuse })), {
    snapshot: (data) => seen.push(data),
    event: (e) => seen.push(e.offset),
    sampled: (shown, total) => seen.push(`${shown} of ${total}`),
    refused: (refusal) => seen.push(refusal.code),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { seen, asked, stream, settle };
}

describe('a followed topic', () => {
  it('holds frames that overtake the answer and merges them without repeating any', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    stream.frame(frame(4, 6));
    stream.frame(frame(7, 8));
    asked[0]?.answer(snapshotAt(5));
    await settle();
    expect(seen).toEqual(['snapshot@e1:5', 6, 7, 8]);
  });

  it('asks again from where it stands after a reconnect and sees exactly what it missed', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    asked[0]?.answer(snapshotAt(5));
    await settle();
    void stream.resume();
    expect(asked[1]?.since).toEqual({ epoch: 'e1', offset: 5 });
    asked[1]?.answer(recovered(6, 8));
    await settle();
    stream.frame(frame(8, 9));
    expect(seen).toEqual(['snapshot@e1:5', 6, 7, 8, 9]);
  });

  it('follows again when told about a gap, and keeps the order meanwhile', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    asked[0]?.answer(snapshotAt(1));
    await settle();
    stream.gap({ topic: 't', epoch: 'e1', from: 2, to: 4 });
    stream.frame(frame(5, 5));
    expect(seen).toEqual(['snapshot@e1:1']);
    asked[1]?.answer(recovered(2, 4));
    await settle();
    expect(seen).toEqual(['snapshot@e1:1', 2, 3, 4, 5]);
  });

  it('notices a hole nobody announced', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    asked[0]?.answer(snapshotAt(1));
    await settle();
    stream.frame(frame(3, 3));
    asked[1]?.answer(recovered(2, 3));
    await settle();
    expect(seen).toEqual(['snapshot@e1:1', 2, 3]);
  });

  it('never merges across epochs', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    asked[0]?.answer(snapshotAt(9));
    await settle();
    stream.frame(frame(2, 2, 'e2'));
    asked[1]?.answer(snapshotAt(1, 'e2'));
    await settle();
    expect(seen).toEqual(['snapshot@e1:9', 'snapshot@e2:1', 2]);
  });

  it('tells a sample from a loss', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    asked[0]?.answer(snapshotAt(0));
    await settle();
    stream.frame({ ...frame(1, 40), shown: 2, total: 40, events: [event(3), event(30)] });
    stream.frame(frame(41, 41));
    expect(seen).toEqual(['snapshot@e1:0', 3, 30, '2 of 40', 41]);
    expect(asked).toHaveLength(1);
  });

  it('reports a refusal and waits silently for the next connection otherwise', async () => {
    const { seen, asked, stream, settle } = setUp();
    void stream.resume();
    asked[0]?.refuse(new Refusal('hub.disconnected', ''));
    await settle();
    void stream.resume();
    asked[1]?.refuse(new Refusal('room.kicked', ''));
    await settle();
    expect(seen).toEqual(['room.kicked']);
  });
});
