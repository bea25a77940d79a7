import type { EngineUnderTest } from '../listener.ts';
import { percentile, type Run, summary } from '../report/figures.ts';
import { heardIn, skewOver } from '../sound/skew.ts';
import { load, pause, Rig } from '../rig.ts';
import { early, late, sizes } from './together.ts';

const songSeconds = 14;
/** How near a boundary skew counts as the boundary's. */
const aroundS = 3;

/** A queue that plays on by itself: how long nothing is heard between two tracks, and how far apart listeners are around the boundary. */
export async function changing(tracks: number, engine: EngineUnderTest): Promise<Run> {
  const titles = Array.from({ length: tracks + 1 }, (_, at) => `Rig ${at + 1}`);
  const songs = Object.fromEntries(titles.map((title, at) => [title, at === 0 ? 2 * songSeconds : songSeconds]));
  const rig = await Rig.build(2, songs, engine);
  try {
    const ann = (await rig.host('Ann', { speaker: 0, clock: early, engine })).person;
    const ben = (await rig.guest('Ben', { speaker: 1, clock: late, engine })).person;
    await ann.playInRoom(...titles);
    await ben.hears();
    await pause(6_000);
    const first = await ann.measure();
    const recording = rig.sound.record();
    await pause(2 * songSeconds * 1_000 - first.positionMs + (tracks - 0.5) * songSeconds * 1_000);
    const sound = await recording.stop();
    const samples = skewOver(sound, 0, 1, 100);
    // The boundaries are where the room's line says, so that a gap that is not there is seen to be 0.
    const firstS = (2 * songSeconds * 1_000 - first.positionMs) / 1_000;
    const boundaries = Array.from({ length: tracks }, (_, at) => firstS + at * songSeconds);
    const gaps = boundaries.flatMap((atS) => [0, 1].map((channel) => silenceNear(heardIn(sound, channel, 1, 0), atS)));
    const near = samples.filter((sample) => boundaries.some((atS) => sample.atS > atS && sample.atS < atS + aroundS));
    const figures = {
      'boundaries heard': boundaries.length,
      'gap p50, ms (1 ms resolution)': percentile(gaps, 0.5),
      'gap p95, ms': percentile(gaps, 0.95),
      'skew in the 3 s after a boundary p50, ms': percentile(sizes(near), 0.5),
      'skew in the 3 s after a boundary p95, ms': percentile(sizes(near), 0.95),
      ...summary(samples),
    };
    return { figures, samples, load: load() };
  } finally {
    await rig.takeDown();
  }
}

/** The longest silence within two seconds of a boundary. */
function silenceNear(stretches: readonly { fromS: number; toS: number }[], atS: number): number {
  const gaps = stretches.slice(1).map(({ fromS }, at) => ({ fromS: stretches[at]?.toS ?? fromS, toS: fromS }));
  const near = gaps.filter((gap) => gap.toS > atS - 2 && gap.fromS < atS + 2);
  return Math.max(0, ...near.map((gap) => (gap.toS - gap.fromS) * 1_000));
}
