import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import type { Measurement } from '../../../src/MusicSocial.Web/src/shell/measurement.ts';
import { listenForComplaints } from '../fake/pages.ts';

/** A user with a browser of their own. */
export class Person {
  readonly complaints: string[];
  /** When the button was pressed that lets them in, milliseconds since the epoch. */
  enteredAtMs = Number.NaN;

  private constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.complaints = listenForComplaints(page);
  }

  /** Opens a page as a newcomer and signs in as a guest where the page asks for a name. */
  static async arrive(
    browser: Browser,
    url: string,
    name: string,
    options: BrowserContextOptions = {},
    prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
  ): Promise<Person> {
    const context = await browser.newContext(options);
    await prepare(context);
    const person = new Person(await context.newPage(), name);
    await person.page.goto(url);
    await person.page.getByLabel('Display name').fill(name);
    person.enteredAtMs = clockMs();
    await person.page.getByRole('button', { name: /Start listening|Join the room/ }).click();
    await expect(person.page.getByRole('button', { name: 'You', exact: true })).toBeVisible();
    return person;
  }

  /** Opens a page as a newcomer and makes an account. */
  static async register(browser: Browser, url: string, name: string): Promise<Person> {
    const context = await browser.newContext();
    const person = new Person(await context.newPage(), name);
    await person.page.goto(url);
    await person.page.getByRole('button', { name: 'Create an account' }).click();
    const dialog = person.page.getByRole('dialog');
    await dialog.getByLabel('Display name').fill(name);
    await dialog.getByLabel('Handle').fill(name.toLowerCase());
    await dialog.getByLabel('Password').fill('a long enough secret');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await expect(person.page.getByRole('button', { name: 'You', exact: true })).toBeVisible();
    return person;
  }

  measure(): Promise<Measurement> {
    return this.page.evaluate(() => {
      const measurement = window.musicSocial?.measure();
      if (measurement === undefined) throw new Error('This page measures nothing.');
      return measurement;
    });
  }

  /** Waits until the room's sound is heard here, aligned. */
  async hears(): Promise<void> {
    await expect.poll(async () => (await this.measure()).state, { timeout: 20_000 }).toBe('following');
  }

  async openRoom(name: string): Promise<string> {
    await this.page.getByRole('button', { name: 'Start a room' }).click();
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByRole('button', { name: 'Open the doors' }).click();
    await this.page.waitForURL(/\/room\//);
    await expect(this.page.getByText('It is quiet in here')).toBeInViewport({ ratio: 1 });
    return this.page.url();
  }

  /** Finds songs in the library, queues them and starts the music. */
  async playInRoom(...titles: string[]): Promise<void> {
    await this.page.getByRole('tab', { name: 'Queue' }).click();
    for (const title of titles) {
      await this.page.getByLabel('Search songs to add').fill(title);
      await this.page.getByRole('button', { name: `Add ${title}` }).click();
    }
    await expect(this.page.getByRole('tab', { name: `Queue ${titles.length}` })).toBeVisible();
    await this.page.getByRole('button', { name: 'Play', exact: true }).click();
    await this.hears();
  }

  async comment(text: string): Promise<void> {
    await this.page.getByRole('tab', { name: /Comments/ }).click();
    await this.page.getByLabel('Write a comment').fill(text);
    await this.page.getByLabel('Write a comment').press('Enter');
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}

/** This machine's steady clock, milliseconds since the epoch. */
export const clockMs = () => performance.timeOrigin + performance.now();

/** How far apart two people hear the same song, milliseconds: the median of several looks at both media elements. */
export async function apart(a: Person, b: Person): Promise<number> {
  const skews: number[] = [];
  for (let look = 0; look < 15; look++) {
    const [one, two] = await Promise.all([a.measure(), b.measure()]);
    skews.push(one.audibleMs - one.clientMs - (two.audibleMs - two.clientMs));
    await a.page.waitForTimeout(60);
  }
  skews.sort((x, y) => x - y);
  return Math.abs(skews[Math.floor(skews.length / 2)] ?? Number.NaN);
}
