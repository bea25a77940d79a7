import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

// Takes the pictures of the lyrics from the real hub and its demo library: npm run screenshots.

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let server: HubServer;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  server = await HubServer.start();
});
test.afterAll(() => server?.stop());

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(2, 2);
  const png = `${folder}${name}.png`;
  writeFileSync(png, await page.screenshot());
  execFileSync('cwebp', ['-quiet', '-q', '84', png, '-o', `${folder}${name}.webp`]);
  rmSync(png);
}

const pictures: [string, string, number, BrowserContextOptions, ((page: Page) => Promise<void>)?][] = [
  ['lyrics-latin', 'Amazing Grace', 33_600, { viewport: desktop, colorScheme: 'dark' }],
  ['lyrics-arabic', 'لما بدا', 37_400, { viewport: desktop, colorScheme: 'dark' }],
  ['lyrics-japanese', 'さくら', 39_400, { viewport: desktop, colorScheme: 'light' }],
  ['lyrics-duet', 'Scarborough', 63_000, { viewport: desktop, colorScheme: 'dark', locale: 'es' }],
  ['lyrics-background', 'Swing Low', 26_000, { viewport: phone, colorScheme: 'dark', locale: 'fr' }],
  ['lyrics-interlude', 'さくら', 8_000, { viewport: desktop, colorScheme: 'dark' }],
  ['lyrics-japanese-phone', 'さくら', 39_400, { viewport: phone, colorScheme: 'dark' }],
  ['lyrics-karaoke', 'Amazing Grace', 33_600, { viewport: desktop, colorScheme: 'dark' }, karaoke],
  ['lyrics-quote', 'Amazing Grace', 33_600, { viewport: desktop, colorScheme: 'dark' }, quote],
  ['lyrics-options', 'さくら', 39_400, { viewport: desktop, colorScheme: 'dark' }, (page) => page.getByRole('button', { name: 'Lyrics options' }).click()],
];

async function karaoke(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Karaoke/ }).click();
  await expect(page.locator('.karaoke .line.active')).toBeVisible();
}

async function quote(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Quote a line' }).click();
  await expect(page.locator('.quote-card img')).toBeVisible({ timeout: 40_000 });
}

for (const [name, title, positionMs, options, also] of pictures) {
  test(name, async ({ browser }) => {
    const song = await server.songId(title);
    const reader = await Person.arrive(browser, server.url, 'Maya Lindqvist', options);
    await reader.page.goto(`${server.url}/song/${song}?at=${positionMs - 3_000}`);
    await expect(reader.page.locator('.line').first()).toBeVisible();
    await also?.(reader.page);
    await expect.poll(async () => (await reader.measure()).audibleMs, { intervals: [20] }).toBeGreaterThan(positionMs);
    await take(reader.page, name);
    await reader.leave();
  });
}

async function timeAFewLines(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Forget the times from here on, line 4' }).click();
  await page.locator('.timing-line .time').nth(2).click();
  await page.waitForTimeout(1_500);
  for (let n = 0; n < 2; n++) {
    await page.waitForTimeout(900);
    await page.locator('.tap').press('Space');
  }
  await page.waitForTimeout(300);
}

for (const [name, viewport, colorScheme] of [
  ['lyrics-timing', desktop, 'dark'],
  ['lyrics-timing-phone', phone, 'light'],
] as const) {
  test(name, async ({ browser }) => {
    const author = await Person.arrive(browser, server.url, 'Maya Lindqvist', { viewport, colorScheme });
    await author.page.goto(`${server.url}/song/${await server.songId('Amazing Grace')}/timing`);
    await author.page.getByRole('button', { name: 'Word by word' }).click();
    await author.page.locator('.timing-text').nth(3).click();
    await timeAFewLines(author.page);
    await take(author.page, name);
    await author.leave();
  });
}
