import type { Measurement } from '../../../../src/MusicSocial.Web/src/shell/measurement.ts';
import type { Person } from '../../hub/people.ts';
import type { DeviceClock } from '../clocks.ts';
import type { Route } from '../network/wire.ts';
import { median, type Run, summary } from '../report/figures.ts';
import { heardIn, type SkewSample, skewOver } from '../sound/skew.ts';
import type { EngineUnderTest } from '../listener.ts';
import { load, pause, Rig } from '../rig.ts';

export const early: DeviceClock = { offsetMs: 2 * 60_000, ppm: 100 };
export const late: DeviceClock = { offsetMs: -60 * 60_000, ppm: -100 };

/** After so long a device is known that had never played anything here. */
export const settlesMs = 45_000;

/** Two listeners who have heard the same song for a while. */
export interface Pair {
  rig: Rig;
  ann: Person;
  ben: Person;
}

export interface Settling {
  engine?: EngineUnderTest;
  route?: Route | undefined;
  /** Another way to the hub for the second of them. */
  guestRoute?: Route | undefined;
  songs: Record<string, number>;
  /** Lyrics of some of the songs, as TTML. */
  lyrics?: Record<string, string>;
  settleMs: number;
  /** Loudspeakers, the pair's among them. */
  speakers?: number;
  /**
   * Recorded again until this is so, a few times: late starts and breaks leave windows out, and a sound system whose output ran dry reports its latency up
   * to 28 ms wrongly for 12 s (ADR 14), so that devices settle within half a minute and not always at once.
   */
  until?: (run: Run) => boolean;
}

const recordingsAtMost = 4;

/** Ann opens a room and plays, Ben comes; then `measure`. Whatever happens, everything is taken down again. */
export async function withPair<T>({ route, guestRoute = route, songs, lyrics, settleMs, engine = 'chunks', speakers = 2 }: Settling, measure: (pair: Pair) => Promise<T>): Promise<T> {
  const rig = await Rig.build(speakers, songs, engine, lyrics);
  try {
    const ann = (await rig.host('Ann', { speaker: 0, clock: early, route, engine })).person;
    await ann.playInRoom(...Object.keys(songs));
    const ben = (await rig.guest('Ben', { speaker: 1, clock: late, route: guestRoute, engine })).person;
    await ben.hears();
    await pause(settleMs);
    // A start that broke off is begun again: both must be audible when the measurement begins.
    await Promise.all([ann.hears(), ben.hears()]);
    return await measure({ rig, ann, ben });
  } finally {
    await rig.takeDown();
  }
}

/** How far apart two settled listeners are for so long. */
export async function settled(seconds: number, { until = () => true, ...options }: Partial<Settling> = {}): Promise<Run> {
  const settling = { settleMs: settlesMs, ...options, songs: { 'Rig one': seconds * recordingsAtMost + 120 } };
  return withPair(settling, async (pair) => {
    let run = await recorded(seconds, pair);
    for (let recordings = 1; !until(run) && recordings < recordingsAtMost; recordings++) run = await recorded(seconds, pair);
    return run;
  });
}

async function recorded(seconds: number, { rig, ann, ben }: Pair): Promise<Run> {
  const before = await both(ann, ben);
  const recording = rig.sound.record();
  const rates: number[] = [];
  const promises: number[] = [];
  for (let second = 0; second < seconds; second++) {
    await pause(1_000);
    const looks = await both(ann, ben);
    rates.push(...looks.map((look) => look.rate));
    promises.push(sum(looks, (look) => look.uncertaintyMs));
  }
  const after = await both(ann, ben);
  const sound = await recording.stop();
  const samples = skewOver(sound, 0, 1, 500);
  const hours = seconds / 3_600;
  const corrections = sum(after, (look) => look.corrections) - sum(before, (look) => look.corrections);
  const breaks = [0, 1].map((channel) => heardIn(sound, channel, 2, 0).length - 1);
  const figures = {
    ...summary(samples),
    'apart by no more than both show, % of samples': (samples.filter((sample) => isKept(promises, sample)).length / samples.length) * 100,
    'shown uncertainty of both together, ms': median(promises),
    'hard corrections per hour': corrections / hours,
    'breaks in the sound': Math.max(...breaks),
    'steered by at most, ppm': Math.max(...rates.map((rate) => Math.abs(rate - 1))) * 1e6,
    'windows that could be compared, %': (samples.length / (seconds * 2)) * 100,
  };
  return { figures, samples, load: load() };
}

const isKept = (promises: readonly number[], { atS, skewMs }: SkewSample) =>
  Math.abs(skewMs) <= (promises[Math.min(promises.length - 1, Math.floor(atS))] ?? 0);

export const both = (ann: Person, ben: Person) => Promise.all([ann.measure(), ben.measure()]);
export const sum = (looks: readonly Measurement[], of: (look: Measurement) => number) => looks.reduce((total, look) => total + of(look), 0);
export const sizes = (samples: readonly SkewSample[]) => samples.map((sample) => Math.abs(sample.skewMs));
