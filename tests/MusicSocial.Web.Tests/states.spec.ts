import type { Track } from '../../src/MusicSocial.Web/src/wire/contract.ts';
import { expect, test } from './fake/pages.ts';
import { trackOf } from './fake/world.ts';

const activeLine = '.line.active';

test('Lyrics follow the sound word by word and mark the active line', async ({ page, visit }) => {
  await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toHaveText('That saved a wretch like me');
  await expect(page.locator(`${activeLine} button`)).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => page.locator(`${activeLine} .word`).first().evaluate((word) => word.style.getPropertyValue('--sung'))).toBe('1');
});

test('A page on its way says so', async ({ page, visit }) => {
  let arrives = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  await page.route('**/RoomPage-*.js', async (route) => {
    await arrived;
    await route.continue();
  });
  await visit.open('/room/TUNE42');
  await expect(page.getByText('One moment…')).toBeVisible();
  arrives();
  await expect(page.locator(activeLine)).toBeVisible();
  await expect(page.getByText('One moment…')).toBeHidden();
});

test('While the hub is away the music keeps time and a banner says so', async ({ page, visit }) => {
  const hub = await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toHaveText('That saved a wretch like me');
  await hub.goAway();
  await expect(page.getByText('Reconnecting')).toBeVisible();
  await expect(page.locator(activeLine)).toHaveText('I once was lost but now am found', { timeout: 15_000 });
});

test('A hub that cannot answer yet after a reconnect does not make the page leave its room', async ({ page, visit }) => {
  const hub = await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toHaveText('That saved a wretch like me');
  await hub.goAway();
  await expect(page.getByText('Reconnecting')).toBeVisible();
  hub.refuse('JoinRoom', { code: 'hub.unavailable', kind: 'unavailable', message: 'The hub cannot do that just now.', retryAfterMs: 300 });
  hub.comeBack();
  await expect.poll(() => hub.calls('JoinRoom').length, { timeout: 20_000 }).toBe(3);
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.musicSocial?.measure().state)).toBe('following');
  expect(hub.calls('LeaveRoom')).toEqual([]);
});

test('A hub that is busy lets a newcomer wait and says so, instead of turning them away', async ({ page, visit }) => {
  const hub = await visit.openAsStranger('/room/TUNE42');
  hub.refuse('JoinRoom', { code: 'server.busy', kind: 'unavailable', message: 'The hub is busy.', retryAfterMs: 1_500 });
  await page.getByLabel('Display name').fill('Maya');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.locator('[data-code="server.busy"]')).toContainText('Try again in 2 s');
  await expect(page.getByText('One moment…')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
});

test('A draining server is announced and returned to', async ({ page, visit }) => {
  const hub = await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toBeVisible();
  hub.send('Draining', { retryAfterMs: 2_500 });
  await expect(page.getByText('The server is moving house')).toBeVisible();
  await expect(page.getByText('The server is moving house')).toBeHidden({ timeout: 8_000 });
  await expect.poll(() => page.evaluate(() => window.musicSocial?.measure().connection)).toBe('connected');
});

test('A refused command says why and when to try again', async ({ page, visit }) => {
  const hub = await visit.open('/room/TUNE42');
  hub.refuse('Say', { code: 'rate.limited', kind: 'rateLimited', message: 'A little slower, please.', retryAfterMs: 4_200 });
  await page.getByLabel('Say something in the room').fill('hello');
  await page.getByLabel('Say something in the room').press('Enter');
  await expect(page.locator('[data-code="rate.limited"]')).toContainText('Try again in 5 s');
  await expect(page.getByLabel('Say something in the room')).toHaveValue('hello');
  await expect(page.getByRole('button', { name: /Wait \d seconds/ })).toBeDisabled();
});

test('A room with a password asks for it', async ({ page, visit }) => {
  const hub = await visit.openAsStranger('/room/TUNE42');
  hub.refuse('JoinRoom', { code: 'room.password', kind: 'forbidden', message: 'The room\'s password is missing or wrong.' });
  await page.getByLabel('Display name').fill('Maya');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await page.getByLabel('Password').fill('sesame');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
});

test('A room with a password is not asked again without it when the page learns more about the room', async ({ page, visit }) => {
  // What the page knows of the room is read again after signing in; on a slow machine that answer comes after the refusal.
  let refused = () => {};
  const wasRefused = new Promise<void>((resolve) => {
    refused = resolve;
  });
  let reads = 0;
  await page.route('**/api/rooms/TUNE42', async (route) => {
    if (++reads > 1) await wasRefused;
    await route.continue();
  });
  const hub = await visit.openAsStranger('/room/TUNE42');
  hub.refuse('JoinRoom', { code: 'room.password', kind: 'forbidden', message: 'The room\'s password is missing or wrong.' });
  await page.getByLabel('Display name').fill('Maya');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();
  const readAgain = page.waitForResponse('**/api/rooms/TUNE42');
  refused();
  await readAgain;
  await page.getByLabel('Password').fill('sesame');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
  expect(hub.calls('JoinRoom')).toEqual([
    ['r1', null],
    ['r1', 'sesame'],
  ]);
});

test('A wrong password is said, and the next one is tried', async ({ page, visit }) => {
  const refusal = { code: 'room.password', kind: 'forbidden', message: 'The room\'s password is missing or wrong.' };
  const hub = await visit.openAsStranger('/room/TUNE42');
  hub.refuse('JoinRoom', refusal);
  await page.getByLabel('Display name').fill('Maya');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  hub.refuse('JoinRoom', refusal);
  await page.getByLabel('Password').fill('plum');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.getByRole('alert')).toHaveText(refusal.message);
  await page.getByLabel('Password').fill('sesame');
  await page.getByRole('button', { name: 'Join the room' }).click();
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
});

test('A page whose script cannot be loaded says so, and the rest of the app goes on', async ({ page, visit, complaints }) => {
  await page.route('**/RoomPage-*.js', (route) => route.abort());
  await visit.open('/room/TUNE42');
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  expect(complaints.splice(0).join()).toContain('A page could not be shown.');
  await page.getByRole('link', { name: 'Friends' }).first().click();
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toHaveCount(0);
  await page.unroute('**/RoomPage-*.js');
  await page.goBack();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Amazing Grace' })).toBeVisible();
});

test('A song without lyrics is not asked for them', async ({ page, visit }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await visit.open('/song/freude');
  await expect(page.getByText('No lyrics for this song yet.')).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/song/freude/timing`);
  await expect(page.getByRole('heading', { name: 'An die Freude' })).toBeVisible();
  expect(asked.filter((path) => path.endsWith('/lyrics'))).toEqual([]);
});

test('Lyrics that were written meanwhile are shown in a room whose queue was read before', async ({ page, visit }) => {
  const hub = await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toBeVisible();
  hub.send('Frame', nextSong({ ...(trackOf('grace') as Track), title: 'Written since', hasLyrics: false }));
  await expect(page.getByRole('heading', { name: 'Written since' })).toBeVisible();
  await expect(page.locator('.line').first()).toBeVisible();
});

/** One frame of the room: another song, as the queue had it. */
function nextSong(track: Track): unknown {
  const current = { itemId: 'q9', track, addedBy: { id: 'maya', handle: 'maya', displayName: 'Maya', guest: false } };
  const timeline = { trackId: track.id, itemId: 'q9', anchorMs: 0, anchoredAtMs: Date.now(), rate: 1, durationMs: track.durationMs };
  const events = [
    { offset: 1, type: 'queue', atMs: 0, data: { queue: [], current } },
    { offset: 2, type: 'timeline', atMs: 0, data: timeline },
  ];
  return { topic: 'room:r1', epoch: 'e1', from: 1, to: 2, shown: 2, total: 2, events };
}

test('A room that was closed says so', async ({ page, visit }) => {
  const hub = await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toBeVisible();
  const closed = { offset: 1, type: 'room.closed', atMs: 0, data: {} };
  hub.send('Frame', { topic: 'room:r1', epoch: 'e1', from: 1, to: 1, shown: 1, total: 1, events: [closed] });
  await expect(page.getByRole('heading', { name: 'Sunday morning is closed' })).toBeVisible();
});

test('A comment is pinned to the moment typing began', async ({ page, visit }) => {
  await visit.open('/room/TUNE42');
  await page.getByRole('tab', { name: /Comments/ }).click();
  await expect(page.locator(activeLine)).toBeVisible();
  await page.getByLabel('Write a comment').pressSequentially('what a voice', { delay: 120 });
  const pin = await page.locator('.composer .chip.time').innerText();
  await page.getByLabel('Write a comment').press('Enter');
  const mine = page.locator('.comment').filter({ hasText: 'what a voice' });
  await expect(mine.locator('.chip.time')).toHaveText(pin.trim());
});

test('New comments wait behind a pill while one reads further down', async ({ page, visit }) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  const hub = await visit.open('/song/grace');
  const list = page.locator('.comments .scroll');
  await expect(page.locator('.comment')).toHaveCount(9);
  await list.evaluate(
    (element) =>
      new Promise((seen) => {
        element.addEventListener('scroll', seen, { once: true });
        element.scrollTo(0, 300);
      }),
  );
  const comment = {
    id: 'new1',
    trackId: 'grace',
    author: { id: 'ben', handle: 'ben', displayName: 'Ben', guest: false },
    text: 'just arrived',
    createdAtMs: Date.now(),
    deleted: false,
    likes: 0,
    likedByMe: false,
  };
  const posted = { offset: 1, type: 'comment.posted', atMs: 0, data: comment };
  hub.send('Frame', { topic: 'track:grace', epoch: 'e1', from: 1, to: 1, shown: 1, total: 1, events: [posted] });
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(page.getByText('just arrived', { exact: true })).toBeInViewport();
});

test('Everything important is reached by keyboard', async ({ page, visit }) => {
  await visit.open('/room/TUNE42');
  await expect(page.locator(activeLine)).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard and sync' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search songs').first()).toBeFocused();
  await page.getByRole('tab', { name: 'Chat' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /Comments/ })).toHaveAttribute('aria-selected', 'true');
});
