import { clockMs } from '../../hub/people.ts';
import type { EngineUnderTest } from '../listener.ts';
import type { Route } from '../network/wire.ts';
import { percentile, type Run } from '../report/figures.ts';
import { heardIn, skewOver } from '../sound/skew.ts';
import { load, pause, Stage } from '../stage.ts';
import { early, late } from './together.ts';

const stayMs = 7_000;
const withinMs = 1;

/** Somebody joins a room that plays, again and again: how soon they hear it, how well at once, and when within a millisecond; and what the one who listened before notices. */
export async function joining(times: number, engine: EngineUnderTest): Promise<Run> {
  const stage = await Stage.build(2, { 'Rig one': 60 + times * 20 });
  try {
    await stage.prepareChunks();
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

/** Ann pauses and plays, and skips: when both hear it, and how far apart. */
export async function commanding(times: number, engine: EngineUnderTest, route?: Route): Promise<Run> {
  const songs = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`Rig ${at + 1}`, 60]));
  const stage = await Stage.build(2, songs);
  try {
    await stage.prepareChunks();
    const ann = (await stage.host('Ann', { ear: 0, clock: early, route, engine })).person;
    const ben = (await stage.guest('Ben', { ear: 1, clock: late, route, engine })).person;
    await ann.playInRoom(...Object.keys(songs));
    await ben.hears();
    await pause(15_000);
    const recording = stage.sound.record();
    const pressed: { what: 'Pause' | 'Play' | 'Next'; atMs: number }[] = [];
    const press = async (what: 'Pause' | 'Play' | 'Next') => {
      const button = ann.page.getByRole('region', { name: 'Player' }).getByRole('button', { name: what, exact: true });
      await button.hover();
      pressed.push({ what, atMs: clockMs() });
      await button.click();
      await pause(1_500);
    };
    for (let round = 0; round < times; round++) {
      await press('Pause');
      await press('Play');
      if (round % 2 === 0) await press('Next');
    }
    const sound = await recording.stop();
    const heard = [0, 1].map((channel) => heardIn(sound, channel, 1, 0));
    const took: Record<string, number[]> = { Pause: [], Play: [], Next: [] };
    const apart: number[] = [];
    for (const { what, atMs } of pressed) {
      const fromS = (atMs - sound.startedAtMs) / 1_000 - 0.03;
      const starts = heard.map((stretches) => stretches.find((stretch) => stretch.fromS > fromS)?.fromS ?? Number.NaN);
      const ends = heard.map((stretches) => stretches.find((stretch) => stretch.toS > fromS)?.toS ?? Number.NaN);
      const moments = what === 'Pause' ? ends : starts;
      took[what]?.push((Math.max(...moments) - fromS - 0.03) * 1_000);
      if (what !== 'Pause') apart.push(Math.abs((starts[0] ?? 0) - (starts[1] ?? 0)) * 1_000);
    }
    const figures = {
      'pause heard by both p50, ms': percentile(took.Pause ?? [], 0.5),
      'pause heard by both p95, ms': percentile(took.Pause ?? [], 0.95),
      'play heard by both p50, ms': percentile(took.Play ?? [], 0.5),
      'play heard by both p95, ms': percentile(took.Play ?? [], 0.95),
      'skip heard by both p50, ms': percentile(took.Next ?? [], 0.5),
      'skip heard by both p95, ms': percentile(took.Next ?? [], 0.95),
      'starts apart p50, ms (1 ms resolution)': percentile(apart, 0.5),
      'starts apart p95, ms': percentile(apart, 0.95),
    };
    return { figures, samples: skewOver(sound, 0, 1, 250), load: load() };
  } finally {
    await stage.strike();
  }
}
