import { chromium, test } from '@playwright/test';
import { openHttpDoor } from './fake/httpDoor.ts';
import { openHubDoor } from './fake/hubDoor.ts';
import { me } from './fake/world.ts';

test('shots', async () => {
test.setTimeout(600000);
const door = await openHttpDoor();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'] });
const only = process.env.ONLY;
for (const scheme of ['dark', 'light'] as const) {
  for (const [size, viewport] of [['desktop', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
    const context = await browser.newContext({ viewport, colorScheme: scheme, serviceWorkers: 'block' });
    for (const [name, path, signedIn] of [['welcome', '/', false], ['home', '/', true], ['song', '/song/grace', true], ['room', '/room/TUNE42', true], ['empty', '/room/EMPTY1', true], ['gate', '/room/TUNE42', false], ['friends', '/friends', true], ['profile', '/u/tomas', true], ['prelude', '/song/prelude', true], ['lamma', '/song/lamma', true]] as const) {
      if (only && !only.split(',').includes(name)) continue;
      const page = await context.newPage();
      page.on('console', (m) => !m.text().includes('Service Worker') && ['error', 'warning'].includes(m.type()) && console.log(name, m.text()));
      page.on('pageerror', (e) => console.log(name, 'ERROR', e.message));
      const hub = await openHubDoor(page);
      await page.addInitScript(([user, signed]) => { if (signed) localStorage.setItem('musicsocial.session', JSON.stringify({ accessToken: 'a', refreshToken: 'r', expiresInSeconds: 3600, expiresAtMs: performance.timeOrigin + 3600000, user })); else localStorage.clear(); }, [me, signedIn] as const);
      await page.goto(door.url + path);
      await page.waitForTimeout(900);
      if (name === 'song') await page.locator('.stage-head .play-button').click();
      if (name === 'song') await page.locator('.seek input').evaluate((el: HTMLInputElement) => { el.value = '17000'; el.dispatchEvent(new Event('change')); });
      if (name === 'room') { hub.send('Frame', { topic: 'room:r1', epoch: 'e1', from: 1, to: 2, shown: 2, total: 2, events: [{ offset: 1, type: 'chat', atMs: Date.now(), data: { id: 'x1', author: { id: 'aiko', handle: 'aiko', displayName: 'Aiko Tanaka' }, text: 'good morning all', atMs: Date.now() - 90000 } }, { offset: 2, type: 'chat', atMs: Date.now(), data: { id: 'x2', author: { id: 'tomas', handle: 'tomas', displayName: 'Tomás Rivera' }, text: 'coffee is ready ☕ who queued Bach?', atMs: Date.now() - 30000 } }] }); await page.waitForTimeout(3200); }
      await page.waitForTimeout(1200);
      await page.screenshot({ path: `/tmp/shots/${name}-${size}-${scheme}.png` });
      if (name === 'room' && size === 'desktop') console.log(JSON.stringify(await page.evaluate(() => (window as any).musicSocial.measure())));
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
door.close();
});
