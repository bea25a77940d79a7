import { test } from '@playwright/test';
import type { EngineUnderTest } from './listener.ts';
import { routes } from './network/wire.ts';
import type { Run } from './report/figures.ts';
import { publish } from './report/report.ts';
import { changing } from './scenarios/changing.ts';
import { commanding } from './scenarios/commanding.ts';
import { readsOwnDelay } from './scenarios/controls.ts';
import { joining } from './scenarios/joining.ts';
import { lyrics } from './scenarios/lyrics.ts';
import { sides } from './scenarios/sides.ts';
import { settled } from './scenarios/together.ts';
import { comingAndGoing, failover, offline } from './scenarios/troubles.ts';
import { load } from './rig.ts';

const runs = Number(process.env.SKEW_RUNS ?? 5);
const seconds = Number(process.env.SKEW_SECONDS ?? 40);
const engine = (process.env.SKEW_ENGINE ?? 'chunks') as EngineUnderTest;
const means = engine === 'chunks' ? 'chunks' : 'media elements';

/** One scenario: measured several times, each run published as soon as it is there. */
function scenario(name: string, title: string, measure: () => Promise<Run>, times = runs): void {
  test(`${name}: ${title}`, async () => {
    test.setTimeout(times * (seconds * 1_000 + 240_000));
    const taken: Run[] = [];
    for (let run = 0; run < times; run++) {
      taken.push(await measure());
      publish({ scenario: name, title, runs: taken });
    }
  });
}

const heard = (name: string, title: string, measure: () => Promise<Run>, times = runs) =>
  scenario(`${name}-${engine}`, `${title}, ${means}`, measure, times);

scenario(
  'controls',
  'What the rig reads of itself: one process, two loudspeakers',
  async () => ({ figures: await readsOwnDelay([0, 5, 20]), samples: [], load: load() }),
  1,
);
heard('direct', 'Settled, direct network, clocks 200 ppm apart', () => settled(seconds, { engine }));
heard('sides', 'Over a WAN, bad Wi-Fi and a lopsided path, each against a direct one', () => sides(seconds, engine));
heard('joining', 'Joining a room that plays', () => joining(3, engine));
heard('commanding', 'Pause, play and skip, direct network', () => commanding(4, engine));
heard('commanding-wan', 'Pause, play and skip over 20 ms and 3 ms of queueing each way', () => commanding(4, engine, routes.wan));
heard('changing', 'From one track of the queue to the next', () => changing(3, engine));
heard('lyrics', 'Words of the lyrics as they light up, against their sound', () => lyrics(seconds, engine));
heard('offline', 'One of two without network for five seconds', () => offline(engine));
heard('failover', 'The node of one of two is killed', () => failover(engine));
heard('coming-and-going', 'A third joins, freezes, loses the network, crashes; another joins and leaves', () => comingAndGoing(engine));

// Pairs that both have the bad way, and the long run: only when asked for by name.
if (process.env.SKEW_LONG) {
  heard('long', 'Settled for long, direct network, clocks 200 ppm apart', () => settled(seconds, { engine }));
  heard('wan', 'Both over 20 ms and 3 ms of queueing each way', () => settled(seconds, { engine, route: routes.wan }));
  heard('wifi', 'Both over bad Wi-Fi', () => settled(seconds, { engine, route: routes.wifi }));
}
