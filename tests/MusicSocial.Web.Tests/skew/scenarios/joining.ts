import type { EngineUnderTest } from '../listener.ts';
import { percentile, type Run } from '../report/figures.ts';
import { heardIn, skewOver } from '../sound/skew.ts';
import { load, pause, Stage } from '../stage.ts';
import { early, late } from './together.ts';

const stayMs = 7_000;
const withinMs = 1;

/** Somebody joins a room that plays, again and again: how soon they hear it, how well at once, and when within a millisecond; and what the one who listened before notices. */
export async function joining(times: number, engine: EngineUnderTest): Promise<Run> {
  const stage = await Stage.build(2, { 'Rig one': 60 + times * 20 }, engine);
  try {
    const ann = (await stage.host('Ann', { ear: 0, clock: early, engine })).person;
    await ann.playInRoom('Rig one');
    await pause(20_000);
    const before = await ann.measure();
    const recording = stage.sound.record();
    const entered: number[] = [];
    for (let round = 0; round < times; round++) {
      const ben = await stage.guest(`Ben${round}`, { ear: 1, clock: late, engine });
      entered.push(ben.person.enteredAtMs);
      await pause(stayMs);
      await ben.leave();
      await pause(500);
    }
    const after = await ann.measure();
    const sound = await recording.stop();
    const skews = skewOver(sound, 0, 1, 100);
    const firsts: number[] = [];
    const atOnce: number[] = [];
    const settledIn: number[] = [];
    for (const atMs of entered) {
      const fromS = (atMs - sound.startedAtMs) / 1_000;
      const heard = heardIn(sound, 1, 5, 100).find((stretch) => stretch.toS > fromS && stretch.fromS > fromS - 0.1);
      if (heard === undefined) continue;
      const seen = skews.filter((sample) => sample.atS > heard.fromS && sample.atS < heard.fromS + stayMs / 1_000);
      const lastOff = seen.filter((sample) => Math.abs(sample.skewMs) > withinMs).at(-1);
      firsts.push((heard.fromS - fromS) * 1_000);
      atOnce.push(Math.abs(seen[0]?.skewMs ?? Number.NaN));
      settledIn.push(lastOff === undefined ? 0 : lastOff.atS - heard.fromS);
    }
    const figures = {
      'joins heard': firsts.length,
      'first sound after pressing the button p50, ms': percentile(firsts, 0.5),
      'first sound p95, ms': percentile(firsts, 0.95),
      'off at first p50, ms': percentile(atOnce, 0.5),
      'off at first p95, ms': percentile(atOnce, 0.95),
      'within 1 ms for good after p50, s': percentile(settledIn, 0.5),
      'breaks for the other': heardIn(sound, 0, 2, 0).length - 1,
      'hard corrections of the other': after.corrections - before.corrections,
    };
    return { figures, samples: skews, load: load() };
  } finally {
    await stage.strike();
  }
}
