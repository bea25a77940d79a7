import { type Browser, expect, type Page, test } from '@playwright/test';
import { rememberAudio } from './hub/litWords.ts';
import { NoiseSongs } from './hub/noiseSongs.ts';
import { Person } from './hub/people.ts';

// A hub that codes songs, beside a browser, on a machine that may be busy.
test.describe.configure({ timeout: 150_000 });

type Heard = Window & { everyAudio: HTMLAudioElement[] };

let songs: NoiseSongs;
test.beforeAll(async () => {
  songs = await NoiseSongs.serve({ First: 30, Second: 20 }, ['--Catalog:MeasureLoudness', 'true']);
});
test.afterAll(() => songs.stop());

/** Everything the page asked the hub for, by path. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on('requestfinished', (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

async function arrive(browser: Browser, set: Record<string, string> = {}): Promise<Person> {
  return Person.arrive(browser, songs.server.url, 'Ann', {}, async (context) => {
    await context.addInitScript((kept) => {
      for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
    }, { 'musicsocial.engine': 'element', ...set });
    context.on('page', (page) => void rememberAudio(page));
  });
}

test('The next song is fetched while this one plays, and heard from what was fetched', async ({ browser }) => {
  const ann = await arrive(browser);
  const second = await songs.song('Second');
  await ann.openRoom('Ahead');
  await ann.playInRoom('First', 'Second');
  // Half of a song of 20 seconds: more than is needed to play on at once.
  const fetched = () =>
    ann.page.evaluate((url) => {
      const ahead = (window as unknown as Heard).everyAudio.find((element) => element.src.endsWith(url));
      if (ahead === undefined || ahead.buffered.length === 0 || ahead.buffered.end(0) < 10) return false;
      ahead.dataset.fetched = 'ahead';
      return ahead.paused;
    }, second.audioUrl);
  await expect.poll(fetched, { timeout: 20_000 }).toBe(true);
  expect((await ann.measure()).trackId).toBe((await songs.song('First')).id);

  await expect.poll(async () => (await ann.measure()).trackId, { timeout: 40_000 }).toBe(second.id);
  await ann.hears();
  const playing = await ann.page.evaluate(() =>
    (window as unknown as Heard).everyAudio.filter((element) => !element.paused).map((element) => element.dataset.fetched),
  );
  expect(playing).toEqual(['ahead']);
  await ann.leave();
});

test("The next song's first chunks are fetched while this one plays", async ({ browser }) => {
  const first = await songs.coded('First');
  const second = await songs.coded('Second');
  const ann = await arrive(browser, { 'musicsocial.engine': 'automatic' });
  const paths = asked(ann.page);
  await ann.openRoom('Ahead in chunks');
  await ann.playInRoom('First', 'Second');
  await expect.poll(() => paths, { timeout: 20_000 }).toContain(`/api/tracks/${second.id}/chunks/0`);
  expect(paths).toContain(`/api/tracks/${first.id}/chunks/0`);
  const now = await ann.measure();
  expect([now.engine, now.trackId]).toEqual(['chunks', first.id]);
  // Media keys reach only pages in which an element plays.
  const shown = () => ann.page.evaluate(() => (window as unknown as Heard).everyAudio.filter((element) => !element.paused).map(({ loop, duration }) => ({ loop, duration })));
  await expect.poll(shown).toEqual([{ loop: true, duration: 10 }]);
  await ann.page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause', exact: true }).click();
  await expect.poll(shown, { timeout: 20_000 }).toEqual([]);
  await ann.leave();
});

test('Who chooses Opus hears it instead of the file, from the next song on and after coming back', async ({ browser }) => {
  const first = await songs.coded('First');
  const ann = await arrive(browser);
  const paths = asked(ann.page);
  const panel = ann.page.getByRole('dialog');
  const openPanel = async () => {
    await ann.page.locator('body').click({ position: { x: 2, y: 2 } });
    await ann.page.keyboard.press('?');
  };
  await ann.openRoom('Fewer bytes');
  await openPanel();
  await expect(panel.getByText('Placed chunks are always Opus.')).toBeVisible();
  await panel.getByLabel('Quality').selectOption('opus');
  await ann.page.reload();
  await expect(ann.page.getByText('It is quiet in here')).toBeVisible();
  await ann.playInRoom('First');
  expect(paths.filter((path) => path.startsWith(`/api/tracks/${first.id}/`) && path.endsWith('/audio'))).toEqual([]);
  const url = await ann.page.evaluate(() => (window as unknown as Heard).everyAudio.find((element) => !element.paused)?.src);
  expect(new URL(url ?? '').pathname).toBe(`/api/tracks/${first.id}/opus`);
  await openPanel();
  await expect(panel.getByLabel('Quality')).toHaveValue('opus');
  await expect(panel.getByText('the media element, Opus')).toBeVisible();
  await ann.leave();
});

test('The original is heard where the Opus one cannot be had after all', async ({ browser }) => {
  const first = await songs.coded('First');
  const ann = await arrive(browser, { 'musicsocial.quality': 'opus' });
  const paths = asked(ann.page);
  // As a node does that keeps a data folder of its own.
  await ann.page.route('**/opus?*', (route) => route.fulfill({ status: 404 }));
  await ann.openRoom('Another node');
  await ann.playInRoom('First');
  expect(paths.indexOf(`/api/tracks/${first.id}/opus`)).toBeGreaterThan(-1);
  const url = await ann.page.evaluate(() => (window as unknown as Heard).everyAudio.find((element) => !element.paused)?.src);
  expect(new URL(url ?? '').pathname).toBe(`/api/tracks/${first.id}/audio`);
  await ann.leave();
});

test('Evening out loudness turns a loud song down, at once and back', async ({ browser }) => {
  const { loudness } = await songs.song('First', (song) => typeof song.loudness === 'number');
  const evened = 10 ** ((-14 - (loudness as number)) / 20);
  // Otherwise there is nothing to see here.
  expect(evened).toBeLessThan(0.9);
  const ann = await arrive(browser);
  const level = () => ann.page.evaluate(() => (window as unknown as Heard).everyAudio.find((element) => !element.paused)?.volume);
  await ann.openRoom('Loud');
  await ann.playInRoom('First');
  await expect.poll(level).toBeCloseTo(evened, 2);
  await ann.page.keyboard.press('?');
  const evens = ann.page.getByRole('dialog').getByLabel('Even out loudness');
  await evens.uncheck();
  await expect.poll(level).toBe(1);
  await evens.check();
  await expect.poll(level).toBeCloseTo(evened, 2);
  await ann.leave();
});

test('A room whose queue is full of songs does not ask for one', async ({ browser }) => {
  const ann = await arrive(browser);
  await ann.openRoom('Waiting');
  await expect(ann.page.getByText('Queue a song and press play')).toBeVisible();
  await ann.page.getByRole('tab', { name: 'Queue' }).click();
  await ann.page.getByLabel('Search songs to add').fill('First');
  await ann.page.getByRole('button', { name: 'Add First' }).click();
  await expect(ann.page.getByText('One song is queued: press play')).toBeVisible();
  await expect(ann.page.getByText('Queue a song and press play')).toHaveCount(0);
  await ann.leave();
});
