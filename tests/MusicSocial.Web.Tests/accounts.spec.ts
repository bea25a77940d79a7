import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

test.describe.configure({ mode: 'serial' });

let server: HubServer;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  server = await HubServer.start();
});

test.afterAll(async () => {
  await server?.stop();
});

async function logIn(page: Page, handle: string, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Log in' }).first().click();
  await page.getByRole('dialog').getByLabel('Handle').fill(handle);
  await page.getByRole('dialog').getByLabel('Password').fill(password);
  await page.getByRole('dialog').getByRole('button', { name: 'Log in', exact: true }).click();
}

/** A new account; its recovery codes are shown. */
async function register(page: Page, handle: string): Promise<string[]> {
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Create an account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Display name').fill(handle);
  await dialog.getByLabel('Handle').fill(handle);
  await dialog.getByLabel('Password').fill('a long enough secret');
  await dialog.getByRole('button', { name: 'Create account' }).click();
  await expect(dialog.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible();
  return dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents();
}

test('A lost password is set anew by a code of the sign-up', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const codes = await register(page, 'emil');
  expect(codes).toHaveLength(8);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toBe(`${codes.join('\n')}\n`);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  // They are shown once, and kept nowhere in the browser.
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(codes[0]);

  const other = await (await browser.newContext()).newPage();
  await other.goto(server.url);
  await other.getByRole('button', { name: 'Log in' }).first().click();
  const dialog = other.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Forgot your password?' }).click();
  await dialog.getByLabel('Handle').fill('emil');
  await dialog.getByLabel('Recovery code').fill((codes[2] as string).toLowerCase());
  await dialog.getByLabel('New password').fill('another long secret');
  await dialog.getByRole('button', { name: 'Set the password and log in' }).click();
  await expect(other.getByRole('button', { name: 'You', exact: true })).toBeVisible();

  await other.goto(`${server.url}/account`);
  await expect(other.getByText('7 are left. New ones replace them.')).toBeVisible();
  await other.getByLabel('Password, to make new codes').fill('another long secret');
  await other.getByRole('button', { name: 'Make new codes' }).click();
  await other.getByRole('button', { name: 'I have kept them' }).click();
  await expect(other.getByText('8 are left. New ones replace them.')).toBeVisible();
});

test('A hub by invitation asks for one, and its link brings it along', async ({ browser }) => {
  test.setTimeout(120_000);
  const invited = await HubServer.start(undefined, ['--Accounts:SignUp', 'invitation']);
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${invited.url}/?invite=NOTGOOD`);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Invitation')).toHaveValue('NOTGOOD');
    expect(page.url()).toBe(`${invited.url}/`);
    await dialog.getByLabel('Display name').fill('Gerda');
    await dialog.getByLabel('Handle').fill('gerda');
    await dialog.getByLabel('Password').fill('a long enough secret');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await expect(dialog.getByRole('alert')).toHaveText(/takes an invitation/);

    await dialog.getByLabel('Invitation').fill(await invited.invite());
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await expect(dialog.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible();
  } finally {
    await invited.stop();
  }
});

test('What the hub keeps is one file to take away', async ({ browser }) => {
  const ida = await Person.arrive(browser, server.url, 'Ida');
  await ida.page.goto(`${server.url}/account`);
  const download = ida.page.waitForEvent('download');
  await ida.page.getByRole('button', { name: 'Download my data' }).click();
  expect((await download).suggestedFilename()).toBe('musicsocial-export.zip');
  await ida.leave();
});

test('An account is deleted, unless its owner comes back in time', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await register(page, 'frieda');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.goto(`${server.url}/account`);
  const form = page.getByRole('form', { name: 'Delete account' });
  await form.getByLabel('Your comments').selectOption('keep');
  await form.getByLabel('Password').fill('not it at all');
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await form.getByLabel('Password').fill('a long enough secret');
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await expect(page.getByText(/Your account is deleted on .*Log in before then to keep it\./)).toBeVisible();
  await expect(page.getByText('You are not signed in.')).toBeVisible();

  await logIn(page, 'frieda', 'a long enough secret');

  await expect(page.getByText('Your account was to be deleted. Logging in has kept it.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Change password' })).toBeVisible();
});
