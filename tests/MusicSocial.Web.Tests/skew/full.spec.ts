import { test } from '@playwright/test';
import { routes } from './network/wire.ts';
import type { Run } from './report/figures.ts';
import { publish } from './report/report.ts';
import { readsOwnDelay } from './scenarios/controls.ts';
import { settled } from './scenarios/together.ts';
import { load } from './stage.ts';

const runs = Number(process.env.SKEW_RUNS ?? 5);
const minutes = Number(process.env.SKEW_MINUTES ?? 10);

/** One scenario: measured several times, then published. */
function scenario(name: string, title: string, measure: () => Promise<Run>): void {
  test(`${name}: ${title}`, async () => {
    test.setTimeout(runs * (minutes * 60_000 + 240_000));
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
scenario('direct', 'Settled, direct network, clocks 200 ppm apart', () => settled(minutes * 60));
scenario('direct-element', 'The same through media elements', () => settled(minutes * 60, { engine: 'element' }));
scenario('wan', 'Settled over 20 ms and 3 ms of queueing each way', () => settled(minutes * 60, { route: routes.wan }));
scenario('wifi', 'Settled over bad Wi-Fi: 15 ms, 10 ms of queueing, spikes of 50-150 ms', () => settled(minutes * 60, { route: routes.wifi }));
