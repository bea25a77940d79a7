import { expect, test } from '@playwright/test';
import { apart, Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

/** A listener who is alone is not steered: one who listens along follows reports of a position, which a media element gives in steps. */
const alongMs = 50;

test.describe.configure({ mode: 'serial' });

let server: HubServer;
let ann: Person;
let ben: Person;
let bensProfile: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  server = await HubServer.start();
  ann = await Person.arrive(browser, server.url, 'Ann');
  ben = await Person.arrive(browser, server.url, 'Ben');
  await ben.page.getByRole('button', { name: 'You', exact: true }).click();
  await ben.page.getByRole('link', { name: 'Ben' }).click();
  await ben.page.waitForURL(/\/u\//);
  bensProfile = ben.page.url();
});

test.afterAll(async () => {
  await server?.stop();
});

test('Following a user notifies and lists them', async () => {
  await ann.page.goto(bensProfile);
  await ann.page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(ann.page.getByRole('button', { name: 'Following' })).toBeVisible();
  await expect(ann.page.getByText(/· 1 follower$/)).toBeVisible();
  await ben.page.getByRole('button', { name: 'Inbox, 1 unread' }).click();
  await expect(ben.page.getByText('Ann follows you now')).toBeVisible();
});

test('Following back shows what one plays', async () => {
  await ben.page.getByRole('link', { name: /Ann follows you now/ }).click();
  await ben.page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(ben.page.getByRole('button', { name: 'Following' })).toBeVisible();
});

test('What a friend starts playing appears at once', async () => {
  await ann.page.getByRole('link', { name: 'Friends' }).first().click();
  await expect(ann.page.getByText('Not listening')).toBeVisible();
  await ben.page.getByRole('link', { name: 'MusicSocial, home' }).click();
  await ben.page.getByText('Prelude in C major').click();
  await ben.page.getByRole('button', { name: /^Play Prelude/ }).click();
  await expect(ann.page.locator('.friend-list').getByText('Prelude in C major')).toBeVisible();
});

test('Listening along plays the same second', async () => {
  await ann.page.getByRole('button', { name: 'Listen along with Ben' }).click();
  await ann.hears();
  await expect.poll(() => apart(ann, ben), { timeout: 15_000 }).toBeLessThan(alongMs);
});

test('A friend who pauses pauses those who listen along', async () => {
  await ben.page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).click();
  await expect.poll(async () => (await ann.measure()).state).toBe('paused');
  await ann.page.getByRole('button', { name: 'Stop listening along' }).click();
});

test('A private session hides what a friend plays', async () => {
  await ben.page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Play', exact: true }).click();
  await expect(ann.page.locator('.friend[data-presence="live"]')).toBeVisible();
  await ben.page.getByRole('link', { name: 'Friends' }).first().click();
  await ben.page.getByLabel('Private session').check();
  await expect(ann.page.getByText('Not listening')).toBeVisible();
  await ben.page.getByLabel('Private session').uncheck();
  await expect(ann.page.locator('.friend[data-presence="live"]')).toBeVisible();
});

test('A friend’s public room is one click away', async () => {
  await ben.page.getByRole('link', { name: 'MusicSocial, home' }).click();
  await ben.openRoom('Bens room');
  await ben.playInRoom('Amazing Grace');
  await ann.page.getByRole('link', { name: 'Join Ben' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
  await ann.hears();
});

test('A person is blocked from their profile, finds no one there, and is back with Undo', async () => {
  await ann.page.getByRole('button', { name: 'You', exact: true }).click();
  await ann.page.getByRole('link', { name: 'Ann' }).click();
  await ann.page.waitForURL(/\/u\//);
  const annsProfile = ann.page.url();
  await ann.page.goto(bensProfile);
  await ann.page.getByRole('button', { name: 'More about Ben' }).click();
  await ann.page.getByRole('button', { name: 'Block' }).click();
  await expect(ann.page.getByText('blocked by you')).toBeVisible();
  await ben.page.goto(annsProfile);
  await expect(ben.page.getByText('No one has this handle')).toBeVisible();
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await expect(ann.page.getByText('blocked by you')).toBeHidden();
  await ben.page.reload();
  await expect(ben.page.getByRole('heading', { name: 'Ann' })).toBeVisible();
});

test('A guest becomes an account, and signs a lost device out', async ({ browser }) => {
  const dora = await Person.arrive(browser, server.url, 'Dora');
  await dora.page.goto(`${server.url}/account`);
  await dora.page.getByLabel('Handle').fill('dora');
  await dora.page.getByLabel('Password').fill('a long enough secret');
  await dora.page.getByRole('button', { name: 'Make it an account' }).click();
  await dora.page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(dora.page.getByRole('heading', { name: 'Change password' })).toBeVisible();

  const lost = await (await browser.newContext()).newPage();
  await lost.goto(`${server.url}/account`);
  await lost.getByRole('button', { name: 'Log in' }).click();
  await lost.getByRole('dialog').getByLabel('Handle').fill('dora');
  await lost.getByRole('dialog').getByLabel('Password').fill('a long enough secret');
  await lost.getByRole('dialog').getByRole('button', { name: 'Log in' }).click();
  await expect(lost.getByText('This device')).toBeVisible();

  await dora.page.reload();
  await dora.page.getByRole('listitem').getByRole('button', { name: 'Sign out' }).click();
  await expect(dora.page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  await expect(lost.getByText('You are not signed in.')).toBeVisible({ timeout: 30_000 });
  await lost.context().close();
});

test('An account is kept over signing out and in again', async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Create an account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Display name').fill('Cleo');
  await dialog.getByLabel('Handle').fill('cleo');
  await dialog.getByLabel('Password').fill('a long enough secret');
  await dialog.getByRole('button', { name: 'Create account' }).click();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('heading', { name: /, Cleo$/ })).toBeVisible();
  await page.getByRole('button', { name: 'You', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await dialog.getByLabel('Handle').fill('CLEO');
  await dialog.getByLabel('Password').fill('wrong');
  await dialog.getByRole('button', { name: 'Log in' }).first().click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Password').fill('a long enough secret');
  await dialog.getByRole('button', { name: 'Log in' }).first().click();
  await expect(page.getByRole('heading', { name: /, Cleo$/ })).toBeVisible();
  await context.close();
});

test('Searching finds a song by a part of its name', async () => {
  await ben.page.getByLabel('Search songs').first().fill('prelu');
  await expect(ben.page.getByRole('heading', { name: '“prelu”' })).toBeVisible();
  await expect(ben.page.locator('.song-card')).toHaveCount(1);
});

test('Nothing was complained about', () => {
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
});
