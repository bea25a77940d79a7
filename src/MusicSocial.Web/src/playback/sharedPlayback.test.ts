import { describe, expect, it } from 'vitest';
import { SimulatedOutput } from '../timeline/simulatedOutput';
import { positionAt } from '../timeline/timeline';
import { TimelineFollower } from '../timeline/timelineFollower';
import type { QueueItem, Track } from '../wire/contract';
import { SharedPlayback } from './sharedPlayback';

const song = (id: string) => ({ id, audioUrl: `/${id}`, durationMs: 60_000 }) as Track;
const item = (itemId: string, track: Track) => ({ itemId, track }) as QueueItem;
const timeline = { trackId: 'one', itemId: 'i1', anchorMs: 0, anchoredAtMs: 0, rate: 1, durationMs: 60_000 };
const shared = { timeline, track: song('one'), queue: [item('i1', song('one')), item('i2', song('two'))] };

function setUp() {
  const clock = { ms: 0, firm: true, ready: true, now: () => clock.ms };
  const output = new SimulatedOutput(() => clock.ms, {
    ppm: 0,
    startLatencyMs: () => 20,
    seekLatencyMs: () => 40,
    jitterMs: () => 0,
  });
  const previews: boolean[] = [];
  const file = (track: Track) => ({ trackId: track.id, url: track.audioUrl });
  const follower = new TimelineFollower(output, clock.now);
  const playback = new SharedPlayback(
    output,
    follower,
    { of: file, ahead: file, forgo: () => false },
    clock,
    (active) => previews.push(active),
  );
  const crossings: (string | undefined)[] = [];
  const run = async (ms: number) => {
    for (const end = clock.ms + ms; clock.ms < end; ) {
      clock.ms += 20;
      if (playback.tick()) crossings.push(playback.track?.id);
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { clock, output, previews, follower, playback, crossings, run };
}

const errorMs = ({ output, clock }: ReturnType<typeof setUp>) =>
  Math.abs(output.truePositionMs - positionAt(timeline, clock.ms));

describe('listening with others', () => {
  it('places nothing before the clock is firm', async () => {
    const room = setUp();
    room.clock.firm = false;
    room.playback.open(shared);
    await room.run(2_000);
    expect(room.output.loads).toEqual([]);
    room.clock.firm = true;
    await room.run(3_000);
    expect([room.follower.state, room.output.silent]).toEqual(['following', false]);
    expect(errorMs(room)).toBeLessThan(15);
  });

  it('goes on to the next song of the queue at its moment, message or not', async () => {
    const room = setUp();
    room.playback.open(shared);
    await room.run(61_000);
    expect(room.crossings).toEqual(['two']);
    expect(room.playback.track?.id).toBe('two');
  });

  it('lets a preview have the output, and takes it back in sync', async () => {
    const room = setUp();
    room.playback.open(shared);
    await room.run(3_000);
    expect(room.playback.startPreview(40_000)).toBe(true);
    await room.run(2_000);
    expect(room.playback.positionMs).toBeGreaterThan(40_500);
    await room.run(7_000);
    expect(room.previews).toEqual([true, false]);
    expect(errorMs(room)).toBeLessThan(15);
  });

  it('is silent while the page is set aside, and back in sync afterwards', async () => {
    const room = setUp();
    room.playback.open(shared);
    await room.run(3_000);
    room.playback.stepAside();
    await room.run(3_000);
    expect([room.output.silent, room.output.playing]).toEqual([true, false]);
    room.playback.isAside = false;
    await room.run(3_000);
    expect([room.follower.state, room.output.silent]).toEqual(['following', false]);
    expect(errorMs(room)).toBeLessThan(15);
  });

  it('has nothing to preview where nothing plays', () => {
    expect(setUp().playback.startPreview(1_000)).toBe(false);
  });
});
