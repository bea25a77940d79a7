import { test } from '@playwright/test';
import type { EngineUnderTest } from './listener.ts';
import { routes } from './network/wire.ts';
import type { Run } from './report/figures.ts';
import { publish } from './report/report.ts';
import { readsOwnDelay } from './scenarios/controls.ts';
import { commanding, joining } from './scenarios/joining.ts';
import { settled } from './scenarios/together.ts';
import { load } from './stage.ts';

const runs = Number(process.env.SKEW_RUNS ?? 5);
const seconds = Number(process.env.SKEW_MINUTES ?? 10) * 60;

/** One scenario: measured several times, then published. */
function scenario(name: string, title: string, measure: () => Promise<Run>): void {
  test(`${name}: ${title}`, async () => {
    test.setTimeout(runs * (seconds * 1_000 + 240_000));
    const taken: Run[] = [];
    for (let run = 0; run < runs; run++) taken.push(await measure());
    publish({ scenario: name, title, runs: taken });
  });
}

scenario('controls', 'What the rig reads of itself: one process, two loudspeakers', async () => ({
  figures: await readsOwnDelay([0, 5, 20]),
  samples: [],
  load: load(),
}));

const engines: Record<EngineUnderTest, string> = { element: 'media elements', chunks: 'chunks' };
for (const [engine, means] of Object.entries(engines) as [EngineUnderTest, string][]) {
  scenario(`direct-${engine}`, `Settled, direct network, clocks 200 ppm apart, ${means}`, () => settled(seconds, { engine }));
  scenario(`wan-${engine}`, `Settled over 20 ms and 3 ms of queueing each way, ${means}`, () => settled(seconds, { engine, route: routes.wan }));
  scenario(`wifi-${engine}`, `Settled over bad Wi-Fi: 15 ms, 10 ms of queueing, spikes of 50-150 ms, ${means}`, () =>
    settled(seconds, { engine, route: routes.wifi }),
  );
  scenario(`lopsided-${engine}`, `One of them over a path 20 ms slower one way than the other, ${means}`, () =>
    settled(seconds, { engine, guestRoute: routes.lopsided }),
  );
  scenario(`joining-${engine}`, `Joining a room that plays, ${means}`, () => joining(6, engine));
  scenario(`commanding-${engine}`, `Pause, play and skip, direct network, ${means}`, () => commanding(8, engine));
  scenario(`commanding-wan-${engine}`, `Pause, play and skip over 20 ms and 3 ms of queueing each way, ${means}`, () =>
    commanding(8, engine, routes.wan),
  );
}
