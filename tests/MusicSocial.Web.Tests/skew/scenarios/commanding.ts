import { percentile, type Run } from '../report/figures.ts';
import type { EngineUnderTest, Listener } from '../listener.ts';
import type { Route } from '../network/wire.ts';
import { songOf } from '../sound/noise.ts';
import { HeardSong } from '../sound/place.ts';
import type { Sound } from '../sound/recording.ts';
import { heardIn, skewOver } from '../sound/skew.ts';
import { load, pause, Rig } from '../rig.ts';
import { early, late, settlesMs } from './together.ts';

type Command = 'Pause' | 'Play' | 'Next';

/** A button that was pressed, on this machine's clock. */
interface Press {
  what: Command;
  atMs: number;
}

const bridgeMs = 0;
/** Good to a quarter of a second: where a song's beginning is looked for. */
const usualSkipMs = 150;
const betweenMs = 2_500;
const songs = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`Rig ${at + 1}`, 100]));

/** Ann pauses, plays and skips: when both have heard it, and how far apart. */
export async function commanding(rounds: number, engine: EngineUnderTest, route?: Route): Promise<Run> {
  const rig = await Rig.build(2, songs, engine);
  try {
    const ann = await rig.host('Ann', { speaker: 0, clock: early, route, engine });
    const ben = await rig.guest('Ben', { speaker: 1, clock: late, route, engine });
    await ann.person.playInRoom(...Object.keys(songs));
    await ben.person.hears();
    await pause(settlesMs);
    const recording = rig.sound.record();
    const presses: Press[] = [];
    const order: Command[] = ['Pause', 'Play', 'Next'];
    for (let at = 0; at < rounds * order.length && at < 3 * (Object.keys(songs).length - 1); at++) {
      presses.push(await press(ann, order[at % order.length] as Command));
      await pause(betweenMs);
    }
    const sound = await recording.stop();
    return { figures: heardAfter(presses, sound), samples: skewOver(sound, 0, 1, 250), load: load() };
  } finally {
    await rig.takeDown();
  }
}

/** The page itself says when its button went down: what the rig needs to get there is not counted. */
async function press(listener: Listener, what: Command): Promise<Press> {
  const player = listener.person.page.getByRole('region', { name: 'Player' });
  const button = await player.getByRole('button', { name: what, exact: true }).elementHandle();
  if (button === null) throw new Error(`There is no button ${what}.`);
  await button.evaluate((element) => {
    const note = (event: Event) => element.setAttribute('data-pressed', String(performance.timeOrigin + event.timeStamp));
    element.addEventListener('pointerdown', note, { once: true });
  });
  await button.click();
  const pageMs = Number(await button.getAttribute('data-pressed'));
  return { what, atMs: pageMs - listener.clock.offsetMs };
}

/** When a song begins to be heard after a moment, by the recording's own clock. */
function beginS(sound: Sound, channel: number, song: Float32Array, afterS: number): number | undefined {
  const [from, to] = [afterS, afterS + betweenMs / 1_000].map((atS) => Math.floor(atS * sound.sampleRate));
  const after = { ...sound, channels: sound.channels.map((samples) => samples.subarray(from, to)) };
  const inS = new HeardSong(after, channel, song, -usualSkipMs).whenHeardS(0);
  return inS === undefined ? undefined : afterS + inS;
}

function heardAfter(presses: readonly Press[], sound: Sound): Record<string, number> {
  const heard = [0, 1].map((channel) => heardIn(sound, channel, 1, bridgeMs));
  const took: Record<Command, number[]> = { Pause: [], Play: [], Next: [] };
  const apart: number[] = [];
  let song = 0;
  for (const { what, atMs } of presses) {
    const fromS = (atMs - sound.startedAtMs) / 1_000;
    if (what === 'Next') song += 1;
    const moments = heard.map((stretches, channel) => {
      if (what === 'Pause') return stretches.find(({ toS }) => toS > fromS)?.toS;
      // Between two songs there may be no silence at all: the next one is known by its sound.
      if (what === 'Next') return beginS(sound, channel, songOf(betweenMs / 1_000, song), fromS);
      return stretches.find((stretch) => stretch.fromS > fromS)?.fromS;
    });
    const [one, two] = moments;
    // Later than the next command: this one was not heard in time.
    if (one === undefined || two === undefined || Math.max(one, two) > fromS + betweenMs / 1_000) continue;
    took[what].push((Math.max(one, two) - fromS) * 1_000);
    if (what !== 'Pause') apart.push(Math.abs(one - two) * 1_000);
  }
  const named = (what: Command, verb: string) => ({
    [`${verb} heard by both p50, ms`]: percentile(took[what], 0.5),
    [`${verb} heard by both p95, ms`]: percentile(took[what], 0.95),
  });
  return {
    ...named('Pause', 'pause'),
    ...named('Play', 'play'),
    ...named('Next', 'skip'),
    'commands not heard by both within 2.5 s': presses.length - took.Pause.length - took.Play.length - took.Next.length,
    'starts apart p50, ms (1 ms resolution)': percentile(apart, 0.5),
    'starts apart p95, ms': percentile(apart, 0.95),
  };
}
