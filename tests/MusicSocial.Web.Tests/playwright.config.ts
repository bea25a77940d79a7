import { defineConfig } from '@playwright/test';

/** Two real browsers, a real hub and their sound: they measure milliseconds and have the machine to themselves. */
const sound = ['together.spec.ts', 'sound.spec.ts', 'lyrics.spec.ts', 'plainHttp.spec.ts', 'skew/short.spec.ts'];
/** Taken on purpose: pictures by npm run screenshots, skew in full length by npm run skew. */
const onPurpose = [
  ...(process.env.SCREENSHOTS ? ['**/*screenshots.spec.ts'] : []),
  ...(process.env.SKEW === 'full' ? ['skew/full.spec.ts'] : []),
];

/** A project named as teardown runs when the others are over, passed or not. Where some tests were asked for, it would add all of its own. */
const afterwards = process.argv.some((argument) => /\.spec|^--project|^-g$|^--grep/.test(argument)) ? {} : { teardown: 'sound' };

export default defineConfig({
  testDir: '.',
  // Each test has a limit, and none a second chance: one that passes now and then fails.
  timeout: 60_000,
  retries: 0,
  expect: { timeout: 10_000 },
  workers: 2,
  reporter: [['list']],
  projects: [
    // A service worker would fetch scripts past the routes of a test, and make the second screen another case than the first.
    { name: 'screens', testMatch: ['axe.spec.ts', 'states.spec.ts'], fullyParallel: true, use: { serviceWorkers: 'block' }, ...afterwards },
    { name: 'hub', testMatch: ['accounts.spec.ts', 'files.spec.ts', 'friends.spec.ts', 'moderation.spec.ts', 'quote.spec.ts', 'runningRooms.spec.ts', 'subPath.spec.ts', 'timing.spec.ts'], ...afterwards },
    { name: 'sound', testMatch: onPurpose.length > 0 ? onPurpose : sound, workers: 1 },
  ],
  use: {
    browserName: 'chromium',
    headless: true,
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
});
