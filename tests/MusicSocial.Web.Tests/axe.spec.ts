import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { expect, test } from './fake/pages.ts';
import { stands, Tour } from './fake/tour.ts';

const screens: [string, string, boolean][] = [
  ['the welcome page', '/', false],
  ['home', '/', true],
  ['search', '/search?q=grace', true],
  ['a song with word timing', '/song/grace', true],
  ['a song from right to left', '/song/lamma', true],
  ['a song with unsynced lyrics', '/song/boat', true],
  ['an instrumental', '/song/prelude', true],
  ['a song without lyrics or comments', '/song/freude', true],
  ['timing a song', '/song/grace/timing', true],
  ['timing a song without words', '/song/freude/timing', true],
  ['a room', '/room/TUNE42', true],
  ['an empty room', '/room/EMPTY1', true],
  ['the threshold of a room', '/room/TUNE42', false],
  ['a closed door', '/room/NOWHERE', true],
  ['friends', '/friends', true],
  ['the account', '/account', true],
  ['a profile', '/u/tomas', true],
  ['a missing page', '/nowhere/at/all', true],
];

/** What opens over or inside a screen. */
const openings: [string, string, (page: Page) => Promise<void>][] = [
  ['the help', '/', (page) => page.keyboard.press('?')],
  ['opening a room', '/', (page) => page.getByRole('button', { name: 'Start a room' }).click()],
  ['the inbox', '/', (page) => page.getByRole('button', { name: /Inbox/ }).click()],
  ['an invitation', '/room/TUNE42', (page) => page.getByRole('button', { name: 'Invite' }).click()],
  ['the settings of a room', '/room/TUNE42', (page) => page.getByRole('button', { name: 'Run this room' }).click()],
  ['the comments of a room', '/room/TUNE42', (page) => page.getByRole('tab', { name: /Comments/ }).click()],
  ['the queue of a room', '/room/TUNE42', (page) => page.getByRole('tab', { name: /Queue/ }).click()],
  ['the people of a room', '/room/TUNE42', (page) => page.getByRole('tab', { name: /People/ }).click()],
  ['a preview', '/friends', preview],
  ['the lyrics options', '/song/grace', (page) => page.getByRole('button', { name: 'Lyrics options' }).click()],
  ['the versions of lyrics', '/song/grace', versions],
  ['a quote card', '/song/grace', quote],
  ['karaoke', '/song/grace', (page) => page.getByRole('button', { name: /^Karaoke/ }).click()],
];

/** Listening along, one may not move the song: a chosen line is a preview. */
async function preview(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Listen along with/ }).first().click();
  await page.locator('a.now-heard').click();
  await page.locator('.line button').nth(2).press('Enter');
  await expect(page.getByRole('button', { name: /^Preview/ })).toBeVisible();
}

async function versions(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lyrics options' }).click();
  await page.getByRole('button', { name: 'Earlier versions' }).click();
  await page.getByRole('button', { name: 'Report' }).first().click();
  await page.getByRole('button', { name: 'Look' }).first().click();
  await expect(page.getByRole('list', { name: 'What it says' })).toBeVisible();
}

async function quote(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Quote a line' }).click();
  await expect(page.locator('.quote-card img')).toBeVisible();
}

async function violationsOf(page: Page): Promise<string[]> {
  // Without frames of strangers nothing needs a second page to be gathered in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

/** A tour for the tests of one group; what its pages complain about fails the test that showed them. */
function touring(options: BrowserContextOptions): { show: Tour['show'] } {
  // One worker shows all screens of a group, groups run beside each other.
  test.describe.configure({ mode: 'default' });
  let tour: Tour | undefined;
  test.beforeAll(async ({ browser, world }) => {
    tour = await Tour.begin(browser, world.url, options);
  });
  test.afterEach(() => {
    const complaints = tour?.complaints.flatMap((of) => of.splice(0));
    expect(complaints).toEqual([]);
  });
  test.afterAll(() => tour?.end());
  return {
    show(path, signedIn) {
      if (tour === undefined) throw new Error('The tour has not begun.');
      return tour.show(path, signedIn);
    },
  };
}

for (const colorScheme of ['dark', 'light'] as const) {
  for (const [size, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
    test.describe(`in ${colorScheme} on a ${size}`, () => {
      const tour = touring({ colorScheme, viewport, reducedMotion: 'reduce' });
      for (const [name, path, signedIn] of screens) {
        test(`${name} has no accessibility violation`, async () => {
          expect(await violationsOf(await tour.show(path, signedIn))).toEqual([]);
        });
      }
    });
  }

  test.describe(`opened in ${colorScheme}`, () => {
    const tour = touring({ colorScheme, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    for (const [name, path, open] of openings) {
      test(`${name} has no accessibility violation`, async () => {
        const page = await tour.show(path);
        await open(page);
        await stands(page);
        expect(await violationsOf(page)).toEqual([]);
      });
    }
  });
}

test.describe('at 320 pixels', () => {
  const tour = touring({ viewport: { width: 320, height: 640 } });
  for (const [name, path, signedIn] of screens) {
    test(`${name} needs no sideways scrolling`, async () => {
      const page = await tour.show(path, signedIn);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  }
});
