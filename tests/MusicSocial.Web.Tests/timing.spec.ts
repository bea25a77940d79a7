import { expect, type Locator, type Page, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

const song = 'An die Freude';
const words = ['Freude, schöner Götterfunken', 'Tochter aus Elysium', 'Wir betreten feuertrunken', 'Himmlische, dein Heiligtum'];

test.describe.configure({ mode: 'serial' });

let server: HubServer;
let ann: Person;
let ben: Person;
let timing: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  server = await HubServer.start();
  ann = await Person.register(browser, server.url, 'Ann');
  const room = await ann.openRoom('Choir practice');
  await ann.playInRoom(song);
  ben = await Person.arrive(browser, room, 'Ben', { viewport: { width: 390, height: 844 }, hasTouch: true });
  await ben.hears();
  timing = `${server.url}/song/${await server.songId(song)}/timing`;
});

test.afterAll(async () => {
  await server?.stop();
});

const lines = (person: Person) => person.page.locator('.lyrics .line button');
const times = (person: Person) => person.page.locator('.timing-line .time');

test('Words are written and timed by keyboard alone, while the song runs', async () => {
  const { page } = ann;
  await page.getByRole('button', { name: 'Lyrics options' }).press('Enter');
  await page.getByRole('link', { name: 'Improve the timing' }).press('Enter');
  await page.getByRole('tab', { name: /Words/ }).press('Enter');
  await page.getByLabel(/The words, one line each/).fill(words.join('\n'));
  await page.getByRole('button', { name: 'Use these words' }).press('Enter');
  await expect(page.getByText(`0 of ${words.length} lines timed`)).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  for (let n = 1; n <= words.length; n++) {
    await page.waitForTimeout(350);
    await page.keyboard.press('Space');
    await expect(page.getByText(`${n} of ${words.length} lines timed`)).toBeVisible();
  }
  await page.keyboard.press('p');
});

test('A line is nudged, all are shifted, and both are undone', async () => {
  const { page } = ann;
  const before = await times(ann).allInnerTexts();
  await page.getByRole('button', { name: '50 ms later, line 2' }).click();
  await expect(times(ann).nth(1)).not.toHaveText(before[1] as string);
  await expect(times(ann).nth(2)).toHaveText(before[2] as string);
  await page.getByLabel('Milliseconds to move all lines by').fill('1000');
  await page.getByRole('button', { name: 'Later', exact: true }).click();
  await expect(times(ann).nth(0)).not.toHaveText(before[0] as string);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(times(ann)).toHaveText(before);
});

test('What cannot be is refused in the server’s words, and nothing is lost', async () => {
  const { page } = ann;
  await page.getByLabel('Milliseconds to move all lines by').fill('600000');
  await page.getByRole('button', { name: 'Later', exact: true }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByRole('alert')).toContainText('(line 1)');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText(`${words.length} of ${words.length} lines timed`)).toBeVisible();
});

test('A preview follows the music before the lines are published', async () => {
  const { page } = ann;
  await page.getByRole('tab', { name: /Preview/ }).click();
  await lines(ann).nth(3).press('Enter');
  await expect(page.locator('.line.active')).toHaveText(words[3] as string);
  expect(await lines(ben).allInnerTexts()).not.toEqual(words);
});

test('Once published, all members of the room read them at once', async () => {
  await ann.page.getByRole('button', { name: 'Publish' }).click();
  await expect(lines(ben)).toHaveText(words);
  await ann.page.waitForURL(/\/room\//);
  await expect(lines(ann)).toHaveText(words);
  await ann.hears();
});

test('Fingers time words on a phone', async () => {
  const { page } = ben;
  await page.goto(timing);
  await page.getByRole('button', { name: 'Word by word' }).tap();
  await page.locator('.timing-text').first().tap();
  await page.getByRole('button', { name: 'Play', exact: true }).tap();
  for (const _ of [1, 2, 3]) {
    await page.waitForTimeout(250);
    await page.locator('.tap').tap();
  }
  await expect(page.locator('.timing-line').first().locator('.timing-text .timed')).toHaveCount(3);
  await page.reload();
  await expect(page.getByText('Your unfinished work is back.')).toBeVisible();
  await expect(page.locator('.timing-line').first().locator('.timing-text .timed')).toHaveCount(3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('Every version can be looked at and reported; a user with an account reads the report and acts', async ({ browser }) => {
  await report(ben.page);
  await expect(ben.page.getByRole('list', { name: /^Reports of version/ })).toHaveCount(0);

  const cleo = await Person.register(browser, server.url, 'Cleo');
  const { page } = cleo;
  await page.goto(timing.replace('/timing', ''));
  const dialog = await versions(page);
  await expect(dialog.getByRole('note')).toContainText('reported');
  const said = dialog.getByRole('list', { name: /^Reports of version/ });
  await expect(said).toContainText('The times are wrong: All of it too late');
  await dialog.getByRole('button', { name: 'Look' }).last().click();
  await expect(dialog.getByRole('list', { name: 'What it says' }).locator('li').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Bring back' }).last().click();
  await expect(page.getByText('Brought back, for everyone.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(lines(cleo)).not.toHaveText(words);
  await expect(lines(ann)).not.toHaveText(words);
  expect(cleo.complaints).toEqual([]);
  await cleo.leave();
});

async function versions(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Lyrics options' }).click();
  await page.getByRole('button', { name: 'Earlier versions' }).click();
  return page.getByRole('dialog', { name: 'Versions of these lyrics' });
}

async function report(page: Page): Promise<void> {
  await page.goto(timing.replace('/timing', ''));
  const dialog = await versions(page);
  await expect(dialog.getByText('Shown to everyone')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Report' }).first().click();
  await dialog.getByLabel('What is wrong').selectOption('badTiming');
  await dialog.getByLabel('A note').fill('All of it too late');
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(dialog.getByText('reported once')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

test('Nothing was complained about', () => {
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
});
