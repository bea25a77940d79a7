import { type Browser, chromium, expect, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';
import { browserFlags } from './skew/listener.ts';

// As at home: the hub on one machine, opened from another over plain http by its name. Browsers leave out there what they only trust to https and localhost.

const lanName = 'music.lan';

let server: HubServer;
let browser: Browser;
let url: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  server = await HubServer.start();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...browserFlags, `--host-resolver-rules=MAP ${lanName} 127.0.0.1`],
  });
  url = server.url.replace('127.0.0.1', lanName);
});

test.afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('A song page opens, plays and takes a comment over plain http on a LAN name', async () => {
  const ann = await Person.arrive(browser, url, 'Ann');
  const { page } = ann;
  expect(await page.evaluate(() => [isSecureContext, 'clipboard' in navigator, 'randomUUID' in crypto])).toEqual([false, false, false]);
  await page.goto(`${url}/song/${await server.songId('Amazing Grace')}?at=12000`);
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
  await expect.poll(async () => (await ann.measure()).audibleMs).toBeGreaterThan(13_000);
  await page.getByLabel('Write a comment').fill('over plain http');
  await page.getByLabel('Write a comment').press('Enter');
  await expect(page.locator('.comment').filter({ hasText: 'over plain http' })).toBeVisible();
  await page.getByRole('button', { name: 'Quote a line' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link to this moment is in the clipboard.')).toBeVisible();
  expect(ann.complaints).toEqual([]);
  await ann.leave();
});

test('A room page opens, plays in sync and takes a chat line over plain http on a LAN name', async () => {
  const ann = await Person.arrive(browser, url, 'Ann');
  const room = await ann.openRoom('Kitchen');
  await ann.playInRoom('Amazing Grace');
  const ben = await Person.arrive(browser, room, 'Ben');
  await ben.hears();
  const before = await ben.measure();
  await expect.poll(async () => (await ben.measure()).audibleMs - before.audibleMs).toBeGreaterThan(1_000);
  for (const { page } of [ann, ben]) await page.getByRole('tab', { name: 'Chat' }).click();
  await ben.page.getByLabel('Say something in the room').fill('hello');
  await ben.page.getByLabel('Say something in the room').press('Enter');
  await expect(ann.page.getByRole('log').getByText('hello')).toBeVisible();
  await ann.page.getByRole('button', { name: 'Invite' }).click();
  await ann.page.getByRole('button', { name: 'Copy link' }).click();
  await expect(ann.page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
  await Promise.all([ann.leave(), ben.leave()]);
});
