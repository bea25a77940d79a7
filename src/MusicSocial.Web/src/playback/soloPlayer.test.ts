import { describe, expect, it } from 'vitest';
import { SimulatedOutput } from '../timeline/simulatedOutput';
import { SoloPlayer } from './soloPlayer';

class Simulated extends SimulatedOutput {
  ended = false;
}

function setUp() {
  const time = { now: 0 };
  const none = () => 0;
  const output = new Simulated(() => time.now, { ppm: 0, startLatencyMs: none, seekLatencyMs: none, jitterMs: none });
  let changes = 0;
  const player = new SoloPlayer(output, () => {
    changes += 1;
  });
  return { time, output, player, changes: () => changes };
}

const track = { trackId: 't1', url: '/t1' };

describe('listening alone', () => {
  it('lets a stall pause the song instead of skipping it', async () => {
    const { time, output, player } = setUp();
    await player.start(track, 10_000);
    time.now = 1_000;
    expect(player.positionMs).toBe(11_000);
    output.stalledUntil = 4_000;
    time.now = 3_000;
    expect(player.stalled).toBe(true);
    expect(player.positionMs).toBe(11_000);
  });

  it('says when the browser wants a gesture first, and plays after it', async () => {
    const { output, player } = setUp();
    output.allowed = false;
    await player.start(track, 0);
    expect(player.refused).toBe(true);
    expect(player.playing).toBe(false);
    output.allowed = true;
    await player.play();
    expect(player.playing).toBe(true);
  });

  it('takes a broken song up again where it broke off', async () => {
    const { time, output, player } = setUp();
    await player.start(track, 0);
    time.now = 7_000;
    expect(player.positionMs).toBe(7_000);
    output.failed = true;
    await player.play();
    expect(output.loads).toEqual(['t1', 't1']);
    expect(player.positionMs).toBe(7_000);
  });
});
