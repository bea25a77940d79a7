import { chromium, expect, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';
import { browserFlags } from './skew/listener.ts';

// A hub and two browsers on a machine that may be busy.
test.describe.configure({ timeout: 150_000 });

/** How long a browser may take to refuse sound and the page to show its button, on a busy machine. */
const gestureMs = 4_000;

let server: HubServer;
test.beforeAll(async () => {
  server = await HubServer.start();
});
test.afterAll(() => server.stop());

test('A listener sees how exactly they hear, sets their device, and the system shows the song', async ({ browser }, info) => {
  const ann = await Person.arrive(browser, server.url, 'Ann');
  await ann.openRoom('Sound');
  await ann.playInRoom('Amazing Grace');
  const { page } = ann;

  const player = page.getByRole('region', { name: 'Player' });
  await player.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(player.getByLabel('Volume')).toHaveValue('0');
  await player.getByRole('button', { name: 'Unmute' }).click();
  await expect(player.getByLabel('Volume')).toHaveValue('1');
  expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toContain('Amazing Grace');
  expect(await page.evaluate(() => navigator.mediaSession.playbackState)).toBe('playing');

  const chip = player.getByRole('button', { name: /In sync ±\d+ ms/ });
  await expect(chip).toBeVisible();
  await chip.click();
  const panel = page.getByRole('dialog');
  for (const label of ['In sync within', 'Error now', 'Rate', 'Round trip', 'Clock', 'Starts late by', 'On its way to the loudspeaker', 'Heard through']) {
    await expect(panel.getByText(label, { exact: true })).toBeVisible();
  }
  await panel.getByLabel(/Loudspeaker delay/).fill('120');
  await expect(panel.getByText('Loudspeaker delay: 120 ms')).toBeVisible();
  await panel.getByRole('button', { name: 'Measure by tapping along' }).click();
  const tap = panel.getByRole('button', { name: /Tap with every click/ });
  await expect(tap).toBeVisible();
  await tap.scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath('panel.png') });
  const use = panel.getByRole('button', { name: /^Use -?\d+ ms$/ });
  // Taps count from when the device's clock can be read; a few of them have a middle.
  await expect
    .poll(
      async () => {
        await tap.click();
        return use.isVisible();
      },
      { intervals: [330] },
    )
    .toBe(true);
  await page.screenshot({ path: info.outputPath('tapped.png') });
  await use.click();
  // The hub was not asked to cut this song before.
  const fromNextSong = panel.getByText('chunks are heard from the next song on');
  await expect(fromNextSong).toBeVisible();
  await panel.getByLabel('Sound engine').selectOption('element');
  await expect(fromNextSong).toHaveCount(0);
  await page.reload();
  // What was chosen for this device stays with it.
  await expect(player).toBeVisible();
  await page.keyboard.press('?');
  await expect(panel.getByLabel('Sound engine')).toHaveValue('element');
  await expect(panel.getByText(/Loudspeaker delay: -?[1-9]\d* ms/)).toBeVisible();
  await ann.leave();
});

test('A browser that wants a gesture shows one button, and is in sync at once after it', async ({ browser }, info) => {
  const ann = await Person.arrive(browser, server.url, 'Ann');
  const room = await ann.openRoom('Gesture');
  await ann.playInRoom('Amazing Grace');
  const flags = browserFlags.map((flag) => (flag.startsWith('--autoplay-policy') ? '--autoplay-policy=document-user-activation-required' : flag));
  const strict = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  try {
    const ben = await Person.arrive(strict, room, 'Ben');
    // A page of its own: what follows on a touched page, even reloaded, may speak.
    const page = await ben.page.context().newPage();
    await ben.page.close();
    // Whatever looks into a page gives it a gesture: nothing may look until the song was asked for and refused.
    const asked = page.waitForRequest((request) => request.resourceType() === 'media' || /chunks.[0-9]/.test(request.url()), { timeout: 30_000 });
    await page.goto(room);
    await asked;
    await page.waitForTimeout(gestureMs);
    const button = page.getByRole('button', { name: 'Tap to hear it' });
    await expect(button).toHaveCount(1, { timeout: 30_000 });
    await page.screenshot({ path: info.outputPath('refused.png') });
    await button.click();
    await expect.poll(() => page.evaluate(() => window.musicSocial?.measure().state), { timeout: 20_000 }).toBe('following');
    await expect(button).toHaveCount(0);
  } finally {
    await strict.close();
    await ann.leave();
  }
});
