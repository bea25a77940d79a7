import { test as base, expect, type Page } from '@playwright/test';
import { serveFakeApi } from './api.ts';
import { type FakeHub, answerHub } from './hub.ts';
import { me } from './world.ts';

export interface Visit {
  /** Opens a page of the faked world, signed in as Maya. */
  open(path: string): Promise<FakeHub>;
  /** Opens it as a user who is not signed in. */
  openAsStranger(path: string): Promise<FakeHub>;
}

/** A page in the faked world; a script error or a broken policy fails the test. */
export const test = base.extend<{ visit: Visit; complaints: string[] }, { world: { url: string } }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it does not need spelled out.
    async ({}, use) => {
      const api = await serveFakeApi();
      await use(api);
      api.close();
    },
    { scope: 'worker' },
  ],
  /** What would fail the test at its end; a test that provokes some takes them out. */
  complaints: async ({ page }, use) => use(listenForComplaints(page)),
  visit: async ({ page, world, complaints }, use) => {
    const open = async (path: string) => {
      const hub = await answerHub(page);
      await page.goto(world.url + path);
      return hub;
    };
    await use({
      open: async (path) => {
        await signInAsMaya(page);
        return open(path);
      },
      openAsStranger: open,
    });
    expect(complaints).toEqual([]);
  },
});

export function signInAsMaya(page: Page): Promise<unknown> {
  return page.addInitScript(
    (user) =>
      localStorage.setItem(
        'musicsocial.session',
        JSON.stringify({ accessToken: 'a', refreshToken: 'r', expiresInSeconds: 3600, expiresAtMs: performance.timeOrigin + 3_600_000, user }),
      ),
    me,
  );
}

const byBrowser = /^Failed to load resource|^WebSocket connection to|Cross-Origin-Opener-Policy/;

/** Scripts that throw, errors that they log, and broken policies. What the browser itself logs of failed requests is expected in many tests and not listed. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isOurs = message.type() === 'error' && !byBrowser.test(message.text());
    if (isOurs || message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return complaints;
}

export { expect };
