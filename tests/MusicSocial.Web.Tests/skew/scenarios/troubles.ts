import { Cluster } from '../../hub/cluster.ts';
import type { EngineUnderTest } from '../listener.ts';
import { routes } from '../network/wire.ts';
import { percentile, type Run, summary } from '../report/figures.ts';
import type { Sound } from '../sound/recording.ts';
import { heardIn, type SkewSample, skewOver } from '../sound/skew.ts';
import { load, pause, Rig } from '../rig.ts';
import { both, early, late, settlesMs, sizes, sum, withPair } from './together.ts';

const offlineS = 5;
const steadyS = 5;
const afterS = 10;
const stillS = 3;

/** Ben's network is gone for five seconds: what is heard meanwhile, and how far apart both are three seconds after. */
export function offline(engine: EngineUnderTest): Promise<Run> {
  const settling = { engine, guestRoute: routes.plain, songs: { 'Rig one': 180 }, settleMs: settlesMs };
  return withPair(settling, async ({ rig, ann, ben }) => {
    const before = await both(ann, ben);
    const recording = rig.sound.record();
    await pause(steadyS * 1_000);
    const wire = rig.listeners[1]?.wire;
    if (wire === undefined) throw new Error('Ben has no wire that could be cut.');
    wire.online = false;
    await pause(offlineS * 1_000);
    wire.online = true;
    await pause(afterS * 1_000);
    const after = await both(ann, ben);
    const sound = await recording.stop();
    const samples = skewOver(sound, 0, 1, 250);
    const figures = {
      ...heardThrough(sound, samples, steadyS, steadyS + offlineS),
      'hard corrections of both': sum(after, (look) => look.corrections) - sum(before, (look) => look.corrections),
    };
    return { figures, samples, load: load() };
  });
}

/** Two nodes share a hub; the one Ann is connected to is killed and her way leads to the other one. */
export async function failover(engine: EngineUnderTest): Promise<Run> {
  const rig = await Rig.buildAround(Cluster.start, 2, { 'Rig one': 180 }, engine);
  try {
    const [one, other] = rig.hub.nodes;
    const ann = await rig.host('Ann', { speaker: 0, clock: early, engine, route: routes.plain });
    await ann.person.playInRoom('Rig one');
    const ben = (await rig.guest('Ben', { speaker: 1, clock: late, engine, node: other.url })).person;
    await ben.hears();
    await pause(settlesMs);
    const before = await both(ann.person, ben);
    const recording = rig.sound.record();
    await pause(steadyS * 1_000);
    ann.wire?.leadTo(other.url);
    const killedAt = performance.now();
    await one.kill();
    while ((await ann.person.measure()).connection === 'connected') await pause(20);
    while ((await ann.person.measure()).connection !== 'connected' && performance.now() - killedAt < 15_000) await pause(50);
    const backS = (performance.now() - killedAt) / 1_000;
    await pause(afterS * 1_000);
    const after = await both(ann.person, ben);
    const sound = await recording.stop();
    const samples = skewOver(sound, 0, 1, 250);
    const figures = {
      ...heardThrough(sound, samples, steadyS, steadyS + backS),
      'connected again after, s': backS,
      'hard corrections of both': sum(after, (look) => look.corrections) - sum(before, (look) => look.corrections),
    };
    return { figures, samples, load: load() };
  } finally {
    await rig.takeDown();
  }
}

function heardThrough(sound: Sound, samples: readonly SkewSample[], fromS: number, toS: number): Record<string, number> {
  const sized = (from: number, to: number) => sizes(samples.filter(({ atS }) => atS >= from && atS < to));
  const { length } = samples;
  return {
    'breaks in the sound of both': [0, 1].reduce((total, channel) => total + heardIn(sound, channel, 2, 0).length - 1, 0),
    'skew before p95, ms': percentile(sized(0, fromS), 0.95),
    'skew during p95, ms': percentile(sized(fromS, toS), 0.95),
    'skew during max, ms': Math.max(...sized(fromS, toS)),
    'skew from 3 s after p95, ms': percentile(sized(toS + stillS, Number.POSITIVE_INFINITY), 0.95),
    'skew from 3 s after max, ms': Math.max(...sized(toS + stillS, Number.POSITIVE_INFINITY)),
    'windows that could be compared': length,
  };
}

/** Cem joins, freezes, loses the network, crashes and comes back, and leaves: what Ann and Ben notice. */
export function comingAndGoing(engine: EngineUnderTest): Promise<Run> {
  const settling = { engine, songs: { 'Rig one': 180 }, settleMs: 12_000, speakers: 3 };
  return withPair(settling, async ({ rig, ann, ben }) => {
    const before = await both(ann, ben);
    const recording = rig.sound.record();
    const cem = await rig.guest('Cem', { speaker: 2, clock: early, engine, route: routes.plain });
    await cem.person.hears();
    await cem.person.page.evaluate(freeze, stillS * 1_000);
    if (cem.wire) cem.wire.online = false;
    await pause(stillS * 1_000);
    await cem.leave();
    await pause(2_000);
    const dan = await rig.guest('Dan', { speaker: 2, clock: late, engine });
    await dan.person.hears();
    await dan.person.page.goto('about:blank');
    await pause(3_000);
    const after = await both(ann, ben);
    const sound = await recording.stop();
    const samples = skewOver(sound, 0, 1, 500);
    const figures = {
      'pauses and breaks of the two others': [0, 1].reduce((total, channel) => total + heardIn(sound, channel, 2, 0).length - 1, 0),
      'hard corrections of the two others': sum(after, (look) => look.corrections) - sum(before, (look) => look.corrections),
      'seconds heard': sound.channels[0] === undefined ? 0 : sound.channels[0].length / sound.sampleRate,
      ...summary(samples),
    };
    return { figures, samples, load: load() };
  });
}

/** Runs in the page: nothing else does for so long. */
function freeze(forMs: number): void {
  for (const end = performance.now() + forMs; performance.now() < end; );
}
