import { describe, expect, it } from 'vitest';
import { SimulatedOutput } from '../timeline/simulatedOutput';
import { positionAt } from '../timeline/timeline';
import { TimelineFollower } from '../timeline/timelineFollower';
import { Preview } from './preview';

const track = { trackId: 't1', url: '/t1' };
const line = { trackId: 't1', itemId: 'i1', anchorMs: 30_000, anchoredAtMs: 0, rate: 1, durationMs: 240_000 };

function setUp() {
  const time = { now: 0 };
  const output = new SimulatedOutput(() => time.now, {
    ppm: 0,
    startLatencyMs: () => 20,
    seekLatencyMs: () => 40,
    jitterMs: () => 0,
  });
  const changes: boolean[] = [];
  const preview = new Preview(
    output,
    () => time.now,
    (active) => changes.push(active),
  );
  const follower = new TimelineFollower(output, () => time.now);
  follower.follow(line, track);
  /** As the player does: the shared line stands back while there is a preview. */
  const run = async (ms: number, each: () => void = () => {}) => {
    for (const end = time.now + ms; time.now < end; ) {
      time.now += 20;
      if (preview.active) preview.tick();
      if (!preview.active) follower.tick();
      await Promise.resolve();
      await Promise.resolve();
      each();
    }
  };
  const choose = (fromMs: number) => {
    follower.yieldOutput();
    return preview.start('t1', fromMs);
  };
  return { time, output, preview, follower, changes, run, choose };
}

describe('a preview', () => {
  it('plays five seconds from the chosen line, and then the shared line is heard again in sync', async () => {
    const { time, output, preview, follower, changes, run, choose } = setUp();
    await run(3_000);
    expect(follower.state).toBe('following');
    await choose(120_000);
    let heardTo = 0;
    await run(7_500, () => {
      if (preview.active && !output.silent) heardTo = output.truePositionMs;
    });
    expect(heardTo).toBeGreaterThan(124_900);
    expect(heardTo).toBeLessThan(125_100);
    expect(changes).toEqual([true, false]);
    expect([follower.state, output.silent]).toEqual(['following', false]);
    expect(Math.abs(output.truePositionMs - positionAt(line, time.now))).toBeLessThan(15);
  });

  it('is silent until the output is at the line, and between the line and the way back', async () => {
    const { time, output, preview, run, choose } = setUp();
    await run(3_000);
    await choose(120_000);
    await run(20);
    expect([output.seeking, output.silent]).toEqual([true, true]);
    await run(8_000, () => {
      const elsewhere = Math.abs(output.truePositionMs - positionAt(line, time.now)) > 30;
      if (!preview.active && elsewhere) expect(output.silent).toBe(true);
    });
  });

  it('begins anew from another line without a way back in between', async () => {
    const { output, preview, changes, run, choose } = setUp();
    await run(3_000);
    await choose(120_000);
    await run(4_000);
    await choose(60_000);
    await run(4_000);
    expect(preview.active).toBe(true);
    expect(output.truePositionMs).toBeGreaterThan(63_000);
    expect(output.truePositionMs).toBeLessThan(64_100);
    expect(changes).toEqual([true]);
  });

  it('is over at once when one wants back, whatever the element still answers', async () => {
    const { output, preview, follower, changes, run, choose } = setUp();
    await run(3_000);
    const starting = choose(120_000);
    preview.end();
    preview.end();
    await starting;
    expect([preview.active, output.silent, output.playing]).toEqual([false, true, false]);
    expect(changes).toEqual([true, false]);
    await run(2_000);
    expect(follower.state).toBe('following');
  });

  it('goes back to a paused line and leaves it paused', async () => {
    const { output, follower, run, choose } = setUp();
    follower.follow({ ...line, rate: 0 }, track);
    await choose(120_000);
    await run(7_000);
    expect([follower.state, output.playing, output.truePositionMs]).toEqual(['paused', false, 30_000]);
  });

  it('is over with the song', async () => {
    const { output, preview, run, choose } = setUp();
    await choose(238_000);
    await run(2_000);
    output.pause();
    await run(20);
    expect(preview.active).toBe(false);
  });

  it('gives up when nothing comes, when the song breaks off, and when the browser refuses', async () => {
    const stalled = setUp();
    await stalled.choose(120_000);
    stalled.output.stalledUntil = 60_000;
    await stalled.run(7_000);
    expect(stalled.changes).toEqual([true, false]);

    const broken = setUp();
    await broken.choose(120_000);
    broken.output.failed = true;
    await broken.run(20);
    expect(broken.changes).toEqual([true, false]);

    const refused = setUp();
    refused.output.allowed = false;
    await refused.choose(120_000);
    expect(refused.changes).toEqual([true, false]);
  });
});
