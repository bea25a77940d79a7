import { describe, expect, it } from 'vitest';
import type { FollowAnswer, Frame, TopicEvent, TopicPosition } from '../wire/contract';
import { retriableKinds } from '../wire/records';
import { Refusal } from '../wire/refusal';
import { type TopicReader, TopicStream } from './stream';

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

function setUp(reader: Partial<TopicReader> = {}) {
  const seen: unknown[] = [];
  const waits: { ms: number; run: () => void; cancelled: boolean }[] = [];
  const reports: string[] = [];
  const asked: { since: TopicPosition | null; answer: (a: FollowAnswer) => void; refuse: (e: unknown) => void }[] = [];
  const stream = new TopicStream(
    (since) => new Promise((answer, refuse) => asked.push({ since, answer, refuse })),
    {
      snapshot: (data) => seen.push(data),
      event: (e) => seen.push(e.offset),
      sampled: (shown, total) => seen.push(`${shown} of ${total}`),
      refused: (refusal) => seen.push(refusal.code),
      delayed: (refusal) => seen.push(`later: ${refusal.code}`),
      ...reader,
    },
    (ms, run) => {
      const wait = { ms, run, cancelled: false };
      waits.push(wait);
      return () => {
        wait.cancelled = true;
      };
    },
    (what) => reports.push(what),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { seen, asked, stream, settle, waits, reports };
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

  it('notices a hole that was not announced', async () => {
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
    asked[0]?.refuse(new Refusal('hub.disconnected', 'unavailable', ''));
    await settle();
    void stream.resume();
    asked[1]?.refuse(new Refusal('room.kicked', 'forbidden', ''));
    await settle();
    expect(seen).toEqual(['room.kicked']);
  });

  it.each(retriableKinds)(
    'keeps a topic that is followed through a refusal of kind %s, and asks again when the hub says so',
    async (kind) => {
      const { seen, asked, stream, settle, waits } = setUp();
      void stream.resume();
      asked[0]?.answer(snapshotAt(5));
      await settle();
      void stream.resume();
      asked[1]?.refuse(new Refusal('hub.whatever', kind, '', 750));
      await settle();
      expect(seen).toEqual(['snapshot@e1:5']);
      expect(waits.map(({ ms }) => ms)).toEqual([750]);
      waits[0]?.run();
      asked[2]?.answer(recovered(6, 7));
      await settle();
      expect(seen).toEqual(['snapshot@e1:5', 6, 7]);
    },
  );

  it('does not turn a newcomer away over a moment, but says that it takes longer', async () => {
    const { seen, asked, stream, settle, waits } = setUp();
    void stream.resume();
    asked[0]?.refuse(new Refusal('server.busy', 'unavailable', '', 1_000));
    await settle();
    expect(seen).toEqual(['later: server.busy']);
    waits[0]?.run();
    asked[1]?.answer(snapshotAt(1));
    await settle();
    expect(seen).toEqual(['later: server.busy', 'snapshot@e1:1']);
  });

  it('asks once after many reconnects in one outage', async () => {
    const { asked, stream, settle, waits } = setUp();
    for (let reconnect = 0; reconnect < 5; reconnect++) {
      void stream.resume();
      asked[reconnect]?.refuse(new Refusal('hub.unavailable', 'unavailable', ''));
      await settle();
    }
    expect(waits.filter(({ cancelled }) => !cancelled)).toHaveLength(1);
    stream.close();
    expect(waits.filter(({ cancelled }) => !cancelled)).toHaveLength(0);
  });

  it('reports an event its reader fails on, and goes on with the next', async () => {
    const taken: number[] = [];
    const { asked, stream, settle, reports } = setUp({
      event: ({ offset }) => {
        if (offset === 2) throw new TypeError('a bug');
        taken.push(offset);
      },
    });
    void stream.resume();
    asked[0]?.answer(snapshotAt(0));
    await settle();
    stream.frame(frame(1, 3));
    stream.frame(frame(4, 4));
    expect(taken).toEqual([1, 3, 4]);
    expect(reports).toEqual(['Event 2 (chat) of topic t could not be applied and is skipped.']);
    expect(asked).toHaveLength(1);
  });

  it('reports a failure that is no refusal, and asks again', async () => {
    const { seen, asked, stream, settle, waits, reports } = setUp();
    void stream.resume();
    asked[0]?.refuse(new TypeError('a bug'));
    await settle();
    expect(reports).toEqual(['A topic could not be followed; it is asked for again in 2 s.']);
    waits[0]?.run();
    asked[1]?.answer(snapshotAt(3));
    await settle();
    expect(seen).toEqual(['snapshot@e1:3']);
  });
});
