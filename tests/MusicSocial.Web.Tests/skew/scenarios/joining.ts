import type { EngineUnderTest } from '../listener.ts';
import { type Figures, percentile, type Run } from '../report/figures.ts';
import type { Sound } from '../sound/recording.ts';
import { heardIn, type SkewSample, skewOver } from '../sound/skew.ts';
import { load, pause, Rig } from '../rig.ts';
import { early, late, settlesMs } from './together.ts';

const stayMs = 7_000;
/** Long enough for a device to be known. */
const firstStayMs = 36_000;
const withinMs = 1;

interface Join {
  atMs: number;
  stayMs: number;
}

interface Heard {
  afterMs: number;
  offAtFirstMs: number;
  withinS: number;
}

/**
 * A user joins a room that plays, first on a device that has never played anything here, then again and again: how soon they hear it, how well at once, and when within a millisecond;
 * and what the one who listened before notices.
 */
export async function joining(times: number, engine: EngineUnderTest): Promise<Run> {
  const rig = await Rig.build(2, { 'Rig one': 140 + times * 20 }, engine);
  try {
    const ann = (await rig.host('Ann', { speaker: 0, clock: early, engine })).person;
    await ann.playInRoom('Rig one');
    await pause(settlesMs);
    const before = await ann.measure();
    const recording = rig.sound.record();
    const joins: Join[] = [];
    let memory: string | undefined;
    for (let round = 0; round <= times; round++) {
      const ben = await rig.guest(`Ben${round}`, { speaker: 1, clock: late, engine, memory });
      const join = { atMs: ben.person.enteredAtMs, stayMs: round === 0 ? firstStayMs : stayMs };
      joins.push(join);
      await pause(join.stayMs);
      memory = await ben.memory();
      await ben.leave();
      await pause(500);
    }
    const after = await ann.measure();
    const sound = await recording.stop();
    const skews = skewOver(sound, 0, 1, 100);
    const [first, ...again] = joins.map((join) => heardOf(join, sound, skews));
    const figures = {
      'joins heard': [first, ...again].filter((heard) => heard !== undefined).length,
      ...told('first visit', [first]),
      ...told('later visits', again),
      'breaks for the other': heardIn(sound, 0, 2, 0).length - 1,
      'hard corrections of the other': after.corrections - before.corrections,
    };
    return { figures, samples: skews, load: load() };
  } finally {
    await rig.takeDown();
  }
}

function heardOf(join: Join, sound: Sound, skews: readonly SkewSample[]): Heard | undefined {
  const fromS = (join.atMs - sound.startedAtMs) / 1_000;
  const heard = heardIn(sound, 1, 5, 100).find((stretch) => stretch.toS > fromS && stretch.fromS > fromS - 0.1);
  if (heard === undefined) return undefined;
  const seen = skews.filter((sample) => sample.atS > heard.fromS && sample.atS < heard.fromS + join.stayMs / 1_000 - 1);
  const lastOff = seen.filter((sample) => Math.abs(sample.skewMs) > withinMs).at(-1);
  return {
    afterMs: (heard.fromS - fromS) * 1_000,
    offAtFirstMs: Math.abs(seen[0]?.skewMs ?? Number.NaN),
    withinS: lastOff === undefined ? 0 : lastOff.atS - heard.fromS,
  };
}

function told(when: string, joins: readonly (Heard | undefined)[]): Figures {
  const heard = joins.filter((one) => one !== undefined);
  const of = (name: keyof Heard, share: number) => percentile(heard.map((one) => one[name]), share);
  return {
    [`${when}: first sound after pressing the button p50, ms`]: of('afterMs', 0.5),
    [`${when}: first sound p95, ms`]: of('afterMs', 0.95),
    [`${when}: off at first p50, ms`]: of('offAtFirstMs', 0.5),
    [`${when}: off at first p95, ms`]: of('offAtFirstMs', 0.95),
    [`${when}: within 1 ms for good after p50, s`]: of('withinS', 0.5),
    [`${when}: within 1 ms for good after p95, s`]: of('withinS', 0.95),
  };
}
