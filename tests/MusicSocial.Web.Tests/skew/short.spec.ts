import { expect, test } from '@playwright/test';
import { percentile } from './report/figures.ts';
import { readsOwnDelay } from './scenarios/controls.ts';
import { settled, sizes } from './scenarios/together.ts';

// Browsers, a hub and a sound system at once: a busy machine takes its time to start them.
test.describe.configure({ timeout: 240_000 });

test('The rig reads what was put in', async () => {
  const read = await readsOwnDelay([0, 5]);
  expect(Math.abs(read['0 ms injected reads, ms'] ?? Number.NaN)).toBeLessThan(0.5);
  expect(Math.abs((read['5 ms injected reads, ms'] ?? Number.NaN) - 5)).toBeLessThan(0.5);
});

/** What two devices hold right after they joined, on a machine that does other things as well. What is reached when it is quiet is in docs/sync. */
const limitsMs = { chunks: 15, element: 40 };

for (const engine of ['chunks', 'element'] as const) {
  test(`Two devices with wrong clocks are heard as one: ${engine}`, async () => {
    const run = await settled(8, { settleMs: 4_000, engine });
    const skew = percentile(sizes(run.samples), 0.5);
    test.info().annotations.push({ type: 'skew', description: `${skew.toFixed(2)} ms` });
    process.stdout.write(`    ${engine}: ${skew.toFixed(2)} ms apart in ${run.samples.length} windows\n`);
    // Late starts and breaks leave windows out; a few say whether both were audible at once.
    expect(run.samples.length).toBeGreaterThanOrEqual(3);
    expect(skew).toBeLessThan(limitsMs[engine]);
  });
}
