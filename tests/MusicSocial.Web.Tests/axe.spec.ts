import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fake/pages.ts';

const screens: [string, string, boolean][] = [
  ['the welcome page', '/', false],
  ['home', '/', true],
  ['search', '/search?q=grace', true],
  ['a song with word timing', '/song/grace', true],
  ['a song from right to left', '/song/lamma', true],
  ['a song with unsynced lyrics', '/song/boat', true],
  ['an instrumental', '/song/prelude', true],
  ['a song without lyrics or comments', '/song/freude', true],
  ['a room', '/room/TUNE42', true],
  ['an empty room', '/room/EMPTY1', true],
  ['the threshold of a room', '/room/TUNE42', false],
  ['a closed door', '/room/NOWHERE', true],
  ['friends', '/friends', true],
  ['a profile', '/u/tomas', true],
  ['a missing page', '/nowhere/at/all', true],
];

/** What opens over or inside a screen. */
const openings: [string, string, (page: Page) => Promise<void>][] = [
  ['the help', '/', (page) => page.keyboard.press('?')],
  ['opening a room', '/', (page) => page.getByRole('button', { name: 'Start a room' }).click()],
  ['the inbox', '/', (page) => page.getByRole('button', { name: /Inbox/ }).click()],
  ['an invitation', '/room/TUNE42', (page) => page.getByRole('button', { name: 'Invite' }).click()],
  ['the settings of a room', '/room/TUNE42', (page) => page.getByRole('button', { name: 'Room settings' }).click()],
  ['the comments of a room', '/room/TUNE42', (page) => page.getByRole('tab', { name: /Comments/ }).click()],
  ['the queue of a room', '/room/TUNE42', (page) => page.getByRole('tab', { name: /Queue/ }).click()],
  ['the people of a room', '/room/TUNE42', (page) => page.getByRole('tab', { name: /People/ }).click()],
];

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

for (const colorScheme of ['dark', 'light'] as const) {
  for (const [size, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
    test.describe(`in ${colorScheme} on a ${size}`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });
      for (const [name, path, signedIn] of screens) {
        test(`${name} has no accessibility violation`, async ({ page, visit }) => {
          await (signedIn ? visit.open(path) : visit.openAsStranger(path));
          await page.waitForTimeout(700);
          expect(await violationsOf(page)).toEqual([]);
        });
      }
    });
  }

  test.describe(`opened in ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, path, open] of openings) {
      test(`${name} has no accessibility violation`, async ({ page, visit }) => {
        await visit.open(path);
        await expect(page.getByRole('button', { name: 'You', exact: true })).toBeVisible();
        await page.waitForTimeout(400);
        await open(page);
        await page.waitForTimeout(400);
        expect(await violationsOf(page)).toEqual([]);
      });
    }
  });
}

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 } });
  for (const [name, path, signedIn] of screens) {
    test(`${name} needs no sideways scrolling`, async ({ page, visit }) => {
      await (signedIn ? visit.open(path) : visit.openAsStranger(path));
      await page.waitForTimeout(600);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  }
});
