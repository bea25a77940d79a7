import { expect, test } from '@playwright/test';
import { Person } from './hub/people.ts';
import { HubServer } from './hub/server.ts';

let server: HubServer;
let ann: Person;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  server = await HubServer.start();
  ann = await Person.arrive(browser, server.url, 'Ann');
});

test.afterAll(() => server?.stop());

for (const title of ['Amazing Grace', 'لما بدا', 'さくら']) {
  test(`The hub draws a card of lines of ${title}`, async () => {
    const { page } = ann;
    await page.goto(`${server.url}/song/${await server.songId(title)}`);
    await page.getByRole('button', { name: 'Quote a line' }).click();
    const dialog = page.getByRole('dialog', { name: 'Quote this song' });
    await dialog.getByRole('list', { name: 'Lines to quote' }).getByRole('button').nth(1).click();
    const card = dialog.getByRole('img', { name: /^Card: ./ });
    await expect(card).toBeVisible({ timeout: 40_000 });
    await expect.poll(() => card.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1_080);
    await expect(dialog.getByRole('link', { name: 'Download' })).toHaveAttribute('download', /\.png$/);
    await page.screenshot({ path: test.info().outputPath('card.png') });
  });
}

test('Nothing was complained about', () => {
  expect(ann.complaints).toEqual([]);
});
