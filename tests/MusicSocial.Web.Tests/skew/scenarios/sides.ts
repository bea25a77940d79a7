import type { EngineUnderTest } from '../listener.ts';
import { type Route, routes } from '../network/wire.ts';
import { type Figures, median, percentile, type Run } from '../report/figures.ts';
import { heardIn, type SkewSample, skewOver } from '../sound/skew.ts';
import { load, pause, Rig } from '../rig.ts';
import { early, late, settlesMs, sizes } from './together.ts';

/** Three listeners with bad ways to the hub beside one with a direct one, all in one recording: how far each is from that one. */
export async function sides(seconds: number, engine: EngineUnderTest): Promise<Run> {
  const ways: [string, Route][] = [
    ['WAN', routes.wan],
    ['Wi-Fi', routes.wifi],
    ['lopsided', routes.lopsided],
  ];
  const rig = await Rig.build(1 + ways.length, { 'Rig one': seconds + 150 }, engine);
  try {
    const ann = (await rig.host('Ann', { speaker: 0, clock: early, engine })).person;
    await ann.playInRoom('Rig one');
    for (const [at, [way, route]] of ways.entries()) {
      const listener = await rig.guest(way, { speaker: at + 1, clock: late, route, engine });
      await listener.person.hears();
    }
    await pause(settlesMs);
    const recording = rig.sound.record();
    const shown: number[][] = [];
    for (let second = 0; second < seconds; second++) {
      await pause(1_000);
      const looks = await Promise.all(rig.listeners.map((listener) => listener.person.measure()));
      shown.push(looks.map((look) => look.uncertaintyMs));
    }
    const sound = await recording.stop();
    const skews = ways.map((_, at) => skewOver(sound, 0, at + 1, 500));
    const figures = Object.assign(
      {},
      ...ways.map(([way], at) =>
        figuresOf(way, skews[at] ?? [], shown.map((look) => (look[0] ?? 0) + (look[at + 1] ?? 0)), heardIn(sound, at + 1, 2, 0).length - 1),
      ),
    );
    return { figures: { ...figures, 'breaks, direct': heardIn(sound, 0, 2, 0).length - 1 }, samples: skews[0] ?? [], load: load() };
  } finally {
    await rig.takeDown();
  }
}

function figuresOf(way: string, samples: readonly SkewSample[], shownMs: readonly number[], breaks: number): Figures {
  const within = samples.filter(({ atS, skewMs }) => Math.abs(skewMs) <= (shownMs[Math.min(shownMs.length - 1, Math.floor(atS))] ?? 0));
  const skew = sizes(samples);
  return {
    [`${way}: skew p50, ms`]: percentile(skew, 0.5),
    [`${way}: skew p95, ms`]: percentile(skew, 0.95),
    [`${way}: skew p99, ms`]: percentile(skew, 0.99),
    [`${way}: skew max, ms`]: Math.max(...skew),
    [`${way}: within what both show, %`]: (within.length / samples.length) * 100,
    [`${way}: both show, ms`]: median(shownMs),
    [`${way}: breaks`]: breaks,
    [`${way}: windows`]: samples.length,
  };
}
