import { fileURLToPath } from 'node:url';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

// Takes the pictures of the README from the real hub and its demo library: npm run screenshots.

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

const take = (page: Page, name: string) => page.screenshot({ path: `${folder}${name}.png` });

async function say(person: Person, text: string): Promise<void> {
  await person.page.getByLabel('Say something in the room').fill(text);
  await person.page.getByLabel('Say something in the room').press('Enter');
}

/** Comments on chosen seconds, as they would gather over a week. */
async function commentAt(person: Person, comments: readonly [number, string][]): Promise<void> {
  const trackId = (await person.measure()).trackId;
  for (const [positionMs, text] of comments) {
    await person.page.evaluate(
      async ([id, at, words]) => {
        const { accessToken } = JSON.parse(localStorage.getItem('musicsocial.session') ?? '{}') as { accessToken: string };
        const body = JSON.stringify({ text: words, clientKey: crypto.randomUUID(), positionMs: at });
        const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
        await fetch(`/api/tracks/${id}/comments`, { method: 'POST', headers, body });
      },
      [trackId, positionMs, text] as const,
    );
  }
}

async function fill(browser: Browser, server: HubServer): Promise<{ host: Person; guests: Person[]; room: string }> {
  const host = await Person.arrive(browser, server.url, 'Maya Lindqvist', { viewport: desktop, colorScheme: 'dark' });
  const room = await host.openRoom('Sunday morning');
  await host.playInRoom('Amazing Grace', 'さくら さくら', 'Prelude in C major, BWV 846');
  await host.page.getByRole('tab', { name: 'Chat' }).click();
  const guests: Person[] = [];
  for (const name of ['Tomás Rivera', 'Aiko Tanaka', 'Noor Haddad']) guests.push(await Person.arrive(browser, room, name, { viewport: phone, colorScheme: 'light' }));
  const [tomas, aiko, noor] = guests as [Person, Person, Person];
  await say(aiko, 'good morning from Kyoto');
  await say(tomas, 'coffee is ready ☕ who queued Bach?');
  await say(host, 'guilty. it is the only way to wake up');
  await say(noor, 'please do not skip this one');
  await commentAt(tomas, [[9_000, 'the very first note and I am somewhere else'], [31_000, 'here it comes'], [64_000, 'that held note!']]);
  await commentAt(aiko, [[12_500, 'so quiet you can hear the room'], [33_000, 'goosebumps, every time'], [34_500, 'listening with my grandmother']]);
  await commentAt(noor, [[36_000, 'this line.'], [66_000, 'how is this two hundred and fifty years old'], [98_000, 'already sad that it ends']]);
  for (const friend of guests) {
    const handle = await friend.page.evaluate(() => (JSON.parse(localStorage.getItem('musicsocial.session') ?? '{}') as { user: { handle: string } }).user.handle);
    await host.page.evaluate(async (who) => {
      const { accessToken } = JSON.parse(localStorage.getItem('musicsocial.session') ?? '{}') as { accessToken: string };
      await fetch(`/api/users/${who}/follow`, { method: 'PUT', headers: { authorization: `Bearer ${accessToken}` } });
    }, handle);
  }
  await host.page.reload();
  await host.hears();
  return { host, guests, room };
}

test('The pictures of the README', async ({ browser }) => {
  test.setTimeout(240_000);
  const server = await HubServer.start();
  try {
    const welcome = await browser.newPage({ viewport: desktop, colorScheme: 'dark' });
    const { host, guests } = await fill(browser, server);
    await welcome.goto(server.url);
    await expect(welcome.getByText('Sunday morning')).toBeVisible();
    await welcome.waitForTimeout(1_000);
    await take(welcome, 'welcome-desktop');

    await host.page.getByLabel('Position').fill('30000');
    await host.hears();
    await host.page.waitForTimeout(4_500);
    await expect(host.page.locator('.sync[data-tone="good"]')).toBeVisible();
    await take(host.page, 'room-desktop');
    const [tomas, aiko] = guests as [Person, Person, Person];
    await tomas.page.getByRole('button', { name: /Fold/ }).click();
    await tomas.page.waitForTimeout(2_000);
    await take(tomas.page, 'room-phone');

    await aiko.page.getByRole('tab', { name: /Comments/ }).click();
    await aiko.page.waitForTimeout(700);
    await take(aiko.page, 'comments-phone');

    await host.page.emulateMedia({ colorScheme: 'light' });
    await host.page.getByRole('tab', { name: /Comments/ }).click();
    await host.page.getByRole('button', { name: 'Next' }).click();
    await host.hears();
    await host.page.getByLabel('Position').fill('40000');
    await host.hears();
    await host.page.waitForTimeout(3_500);
    await expect(host.page.locator('.sync[data-tone="good"]')).toBeVisible();
    await take(host.page, 'room-desktop-light');
  } finally {
    await server.stop();
  }
});

test('The pictures of docs/security.md', async ({ browser }) => {
  test.setTimeout(180_000);
  const server = await HubServer.start();
  try {
    // The first account looks after the hub.
    const olga = await Person.register(browser, server.url, 'Olga');
    const anna = await Person.register(browser, server.url, 'Anna');
    const malcolm = await Person.register(browser, server.url, 'Malcolm');
    const song = `${server.url}/song/${await server.songId('Amazing Grace')}`;
    await malcolm.page.goto(song);
    await malcolm.page.getByLabel('Write a comment').fill('buy followers at cheap.example');
    await malcolm.page.getByLabel('Write a comment').press('Enter');
    await anna.page.goto(song);
    await anna.page.getByRole('button', { name: 'More about Malcolm' }).click();
    await anna.page.getByRole('button', { name: 'Report' }).click();
    const dialog = anna.page.getByRole('dialog');
    await dialog.getByLabel('What is wrong?').selectOption('spam');
    await dialog.getByLabel('What should moderators know?').fill('The same under every song.');
    await take(anna.page, 'report-desktop');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await anna.page.setViewportSize(phone);
    await anna.page.goto(`${server.url}/friends`);
    await anna.page.getByText('Who sees what').scrollIntoViewIfNeeded();
    await take(anna.page, 'circles-phone');
    await olga.page.goto(`${server.url}/admin`);
    await expect(olga.page.getByText('buy followers')).toBeVisible();
    await take(olga.page, 'admin-desktop');
  } finally {
    await server.stop();
  }
});
