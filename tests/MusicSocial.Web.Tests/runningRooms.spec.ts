import { expect, type Page, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

test.describe.configure({ mode: 'serial' });

let server: HubServer;
let host: Person;
let ann: Person;
let mal: Person;
let room: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  server = await HubServer.start();
  host = await Person.arrive(browser, server.url, 'Holly');
  room = await host.openRoom('Kitchen');
  ann = await Person.arrive(browser, room, 'Ann');
  mal = await Person.arrive(browser, room, 'Mal');
});

test.afterAll(async () => {
  await server?.stop();
});

const say = async ({ page }: Person, text: string) => {
  await page.getByRole('tab', { name: 'Chat' }).click();
  await page.getByLabel('Say something in the room').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
};
const line = (page: Page, text: string) => page.getByRole('log', { name: 'Room chat' }).getByText(text);
const run = ({ page }: Person) => page.getByRole('button', { name: 'Run this room' });
const picture = async ({ page }: Person, name: string) => {
  if (!process.env.PICTURES) return;
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png` });
  }
};

test('A host pauses the chat and opens it again', async () => {
  await run(host).click();
  await host.page.getByRole('button', { name: 'Pause for 5 min' }).click();
  await expect(ann.page.getByText(/The chat is paused for/)).toBeVisible();
  await picture(host, 'paused');
  await host.page.getByRole('button', { name: 'Open the chat' }).click();
  await expect(ann.page.getByLabel('Say something in the room')).toBeVisible();
  await host.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
});

test('Slow mode is told to those it holds for', async () => {
  await run(host).click();
  await host.page.getByLabel(/Slow mode/).fill('5');
  await host.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(ann.page.getByText('Slow mode: one message every 5 s.')).toBeVisible();
  await expect(host.page.getByText('not for you')).toBeVisible();
});

test('What a person said is cleared for everyone', async () => {
  await say(mal, 'buy cheap records');
  await expect(line(ann.page, 'buy cheap records')).toBeVisible();
  await host.page.getByRole('button', { name: 'Moderate Mal' }).click();
  await picture(host, 'moderate');
  await host.page.getByRole('button', { name: 'Clear their messages' }).click();
  await expect(line(ann.page, 'buy cheap records')).toBeHidden();
  await expect(line(mal.page, 'buy cheap records')).toBeHidden();
});

test('Who is banned is told, stays out, and comes in again when the host lets them', async () => {
  await host.page.getByRole('tab', { name: /People/ }).click();
  await host.page.getByRole('button', { name: 'Moderate Mal' }).click();
  await host.page.getByRole('button', { name: 'Ban for good' }).click();
  await expect(mal.page.getByText('You were banned from this room.')).toBeVisible();
  await expect(ann.page.getByRole('button', { name: 'Moderate Holly' })).toBeHidden();
  await run(host).click();
  await picture(host, 'bans');
  await host.page.getByRole('button', { name: 'Let Mal in again' }).click();
  await mal.page.goto(room);
  await expect(mal.page.getByRole('button', { name: 'Leave the room' })).toBeVisible();
  await host.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
});

test('A word the host does not want is masked', async () => {
  await run(host).click();
  await host.page.getByLabel('Shown as asterisks, one in a line').fill('drat');
  await host.page.getByRole('button', { name: 'Save words' }).click();
  await host.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await say(ann, 'oh Drat');
  await host.page.getByRole('tab', { name: 'Chat' }).click();
  await expect(line(host.page, 'oh ****')).toBeVisible();
});

test('Who knocks is let in by the host, and others hear nothing of it', async ({ browser }) => {
  await run(host).click();
  await host.page.getByLabel('People knock, and you let them in').check();
  await host.page.getByRole('button', { name: 'Save', exact: true }).click();
  const nel = await Person.arrive(browser, room, 'Nel');
  await nel.page.getByRole('button', { name: 'Knock' }).click();
  await expect(nel.page.getByText('You knocked.')).toBeVisible();
  await picture(nel, 'knocked');
  await expect(host.page.getByRole('button', { name: 'Let Nel in', exact: true })).toBeVisible();
  await picture(host, 'knock');
  await expect(ann.page.getByText('Nel', { exact: true })).toBeHidden();
  await host.page.getByRole('button', { name: 'Let Nel in', exact: true }).click();
  await expect(nel.page.getByRole('button', { name: 'Leave the room' })).toBeVisible();
});

test('A room whose host leaves is led by another, and is the opener’s again on return', async () => {
  await host.page.getByRole('button', { name: 'Leave the room' }).click();
  await expect(run(ann)).toBeVisible();
  await run(ann).click();
  await expect(ann.page.getByRole('button', { name: 'Close the room for good' })).toBeHidden();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await host.page.goto(room);
  await expect(run(host)).toBeVisible();
  await expect(run(ann)).toBeHidden();
  await run(host).click();
  await host.page.getByRole('button', { name: 'Close the room for good' }).click();
  await expect(ann.page.getByText('Kitchen is closed')).toBeVisible();
});
