import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { listenForComplaints } from './fake/pages.ts';
import { Person } from './hub/people.ts';
import { HubBehindTls } from './hub/tlsProxy.ts';
import { browserFlags } from './skew/listener.ts';

// The hub shares a host with other things: everything a page asks for, links to and keeps lies under its path.

let site: HubBehindTls;
let browser: Browser;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  site = await HubBehindTls.start();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // A worker is not registered over a certificate that was only excepted for the page.
    args: [...browserFlags, '--host-resolver-rules=MAP example.org 127.0.0.1', '--ignore-certificate-errors'],
  });
});

test.afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const withAnyCertificate = { ignoreHTTPSErrors: true };

/** Addresses on the hub's host that a page asked for outside the hub's path. */
function strayRequests(page: Page): string[] {
  const { origin, pathname } = new URL(site.url);
  const strays: string[] = [];
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'https:' && url.origin === origin && !url.pathname.startsWith(pathname)) strays.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (!new URL(socket.url()).pathname.startsWith(pathname)) strays.push(socket.url());
  });
  return strays;
}

async function expectLinksUnderThePath(page: Page): Promise<void> {
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((link) => !link.startsWith(site.url))).toEqual([]);
}

test('A room is opened, shared by its link and heard under a path of the host', async () => {
  const ann = await Person.arrive(browser, site.url, 'Ann', withAnyCertificate);
  const strays = strayRequests(ann.page);
  await ann.page.reload();
  await expect(ann.page.getByRole('button', { name: 'You', exact: true })).toBeVisible();
  await expectLinksUnderThePath(ann.page);
  const room = await ann.openRoom('Kitchen');
  expect(room.startsWith(`${site.url}room/`)).toBe(true);
  await ann.playInRoom('Amazing Grace');

  const ben = await Person.arrive(browser, room, 'Ben', withAnyCertificate);
  await ben.hears();
  await ann.page.getByRole('button', { name: 'Invite' }).click();
  const code = ann.page.getByRole('img', { name: `QR code of ${room}` });
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await ann.page.keyboard.press('Escape');
  await expectLinksUnderThePath(ann.page);

  expect(strays).toEqual([]);
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
  await Promise.all([ann.leave(), ben.leave()]);
});

test('A song, its cover, its quote and the way back work under a path of the host', async () => {
  const ann = await Person.arrive(browser, site.url, 'Ann', withAnyCertificate);
  const { page } = ann;
  const strays = strayRequests(page);
  await page.goto(`${site.url}song/${await site.hub.songId('Amazing Grace')}?at=12000`);
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
  await expect.poll(async () => (await ann.measure()).audibleMs).toBeGreaterThan(13_000);
  await expectLinksUnderThePath(page);
  await page.getByRole('button', { name: 'Quote a line' }).click();
  const card = page.getByRole('img', { name: /^Card: / });
  await expect.poll(() => card.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'MusicSocial, home' }).click();
  await expect(page).toHaveURL(site.url);
  await page.goBack();
  await expect(page).toHaveURL(/\/music\/song\//);
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
  expect(strays).toEqual([]);
  expect(ann.complaints).toEqual([]);
  await ann.leave();
});

test('The app opens without a network under a path of the host and leaves the rest of the host alone', async () => {
  const context = await browser.newContext(withAnyCertificate);
  const page = await context.newPage();
  await page.goto(site.url);
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(site.url);
  // The first visit began before the worker: its files are kept from the second on.
  await page.reload();
  await expect(page.getByLabel('Display name')).toBeVisible();
  const names = await page.evaluate(() => caches.keys());
  expect(names).toEqual([expect.stringMatching(/^musicsocial\/music\/shell-/)]);
  await context.setOffline(true);
  await page.goto(`${site.url}friends`);
  await expect(page.getByRole('link', { name: 'MusicSocial, home' })).toBeVisible();
  await context.close();
});

test('The pages of the API open under a path of the host', async () => {
  const context = await browser.newContext(withAnyCertificate);
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  const strays = strayRequests(page);
  await page.goto(`${site.url}scalar`);
  // A large page: it is drawn when its script has run.
  await expect(page.getByRole('heading', { name: 'MusicSocial API' })).toBeVisible({ timeout: 30_000 });
  expect(strays).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
