import { expect, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

test.describe.configure({ mode: 'serial' });

let server: HubServer;
let olga: Person;
let ann: Person;
let mal: Person;

/** The first account of a fresh hub is its operator. */
test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  server = await HubServer.start();
  olga = await Person.register(browser, server.url, 'Olga');
  ann = await Person.register(browser, server.url, 'Anna');
  mal = await Person.register(browser, server.url, 'Malcolm');
  const song = `${server.url}/song/${await server.songId('Amazing Grace')}`;
  await mal.page.goto(song);
  await comment('something vile');
  await ann.page.goto(song);
  await expect(ann.page.getByText('something vile', { exact: true })).toBeVisible();
});

test.afterAll(async () => {
  await server?.stop();
});

async function comment(text: string): Promise<void> {
  await mal.page.getByLabel('Write a comment').fill(text);
  await mal.page.getByLabel('Write a comment').press('Enter');
}

test('A comment is reported, removed by the operator, and its reporter hears of it', async () => {
  await ann.page.getByRole('button', { name: 'More about Malcolm' }).click();
  await ann.page.getByRole('button', { name: 'Report' }).click();
  const dialog = ann.page.getByRole('dialog', { name: 'Report Malcolm' });
  await dialog.getByLabel('What should moderators know?').fill('He does this everywhere.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(ann.page.getByText('You will hear what became of it')).toBeVisible();

  await olga.page.goto(`${server.url}/account`);
  await olga.page.getByRole('link', { name: 'Reports and people' }).click();
  await expect(olga.page.getByText('something vile', { exact: true })).toBeVisible();
  await expect(olga.page.getByText('He does this everywhere.')).toBeVisible();
  await olga.page.getByRole('button', { name: 'Remove the comment' }).click();
  await expect(olga.page.getByText('No reports here.')).toBeVisible();

  await expect(ann.page.getByText('This comment was deleted.')).toBeVisible();
  await ann.page.getByRole('button', { name: 'Inbox, 1 unread' }).click();
  await expect(ann.page.getByText(/Your report was right/)).toBeVisible();
});

test('A muted person is not seen, and Undo brings them back', async () => {
  await comment('something dull');
  await expect(ann.page.getByText('something dull', { exact: true })).toBeVisible();
  await ann.page.getByRole('button', { name: 'More about Malcolm' }).first().click();
  await ann.page.getByRole('button', { name: 'Mute' }).click();
  await expect(ann.page.getByText('something dull', { exact: true })).toBeHidden();
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await expect(ann.page.getByText('something dull', { exact: true })).toBeVisible();
});

test('A suspended person is signed out at once, and the decision is on record', async () => {
  await olga.page.getByRole('button', { name: 'People' }).click();
  await olga.page.getByLabel('Handle begins with').fill('mal');
  const person = olga.page.getByRole('listitem').filter({ hasText: '@malcolm' });
  await person.getByRole('button', { name: 'Suspend' }).click();
  await person.getByLabel('Reason').fill('vile comments');
  await person.getByRole('button', { name: 'Suspend' }).last().click();
  await expect(olga.page.getByText('suspended: vile comments')).toBeVisible();
  await expect(mal.page.getByRole('button', { name: 'You', exact: true })).toBeHidden({ timeout: 30_000 });
  await olga.page.getByRole('button', { name: 'What was decided' }).click();
  await expect(olga.page.getByText('user.suspended')).toBeVisible();
  await expect(olga.page.getByText('report.upheld')).toBeVisible();
});

test('An operator invites, gives a code to who lost a password, and sees what was left out of the music', async () => {
  await olga.page.getByRole('button', { name: 'Invitations' }).click();
  await olga.page.getByLabel('What for').fill('the choir');
  await olga.page.getByRole('button', { name: 'Invite, for a week' }).click();
  await expect(olga.page.getByText(/\?invite=/)).toBeVisible();
  await expect(olga.page.getByText('0 of 1 used')).toBeVisible();
  await olga.page.getByRole('button', { name: 'People' }).click();
  await olga.page.getByLabel('Handle begins with').fill('anna');
  await olga.page
    .getByRole('listitem')
    .filter({ hasText: '@anna' })
    .getByRole('button', { name: 'Give a new password code' })
    .click();
  await expect(olga.page.getByText(/it is good once, for a day/)).toBeVisible();
  await olga.page.getByRole('button', { name: 'Music' }).click();
  await expect(olga.page.getByText(/files, \d+ of them read anew/)).toBeVisible();
});

test('The page is not for members', async () => {
  await ann.page.goto(`${server.url}/admin`);
  await expect(ann.page.getByText('This page is for moderators and operators of the hub.')).toBeVisible();
});
