import { test as base, expect, type Page } from '@playwright/test';
import { openHttpDoor } from './httpDoor.ts';
import { type FakeHub, openHubDoor } from './hubDoor.ts';
import { me } from './world.ts';

export interface Visit {
  /** Opens a page of the invented world as Maya. */
  open(path: string): Promise<FakeHub>;
  /** Opens it as a user who is not signed in. */
  openAsStranger(path: string): Promise<FakeHub>;
}

/** A page in the invented world; anything it complains about fails the test. */
export const test = base.extend<{ visit: Visit }, { world: { url: string } }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it does not need spelled out.
    async ({}, use) => {
      const door = await openHttpDoor();
      await use(door);
      door.close();
    },
    { scope: 'worker' },
  ],
  visit: async ({ page, world }, use) => {
    const complaints = listenForComplaints(page);
    const open = async (path: string) => {
      const hub = await openHubDoor(page);
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

/** Scripts that throw, and policies that are broken. Refused requests are part of life and not listed. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return complaints;
}

export { expect };
