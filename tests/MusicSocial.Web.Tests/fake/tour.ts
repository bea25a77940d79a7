import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { answerHub } from './hub.ts';
import { listenForComplaints, signInAsMaya } from './pages.ts';

const stillForMs = 300;
const patienceMs = 3_000;

/** Two windows that stay open over many screens, Maya's and a stranger's: a screen costs a navigation and not a browser. */
export class Tour {
  private constructor(
    private readonly url: string,
    private readonly maya: Page,
    private readonly stranger: Page,
    readonly complaints: readonly string[][],
  ) {}

  static async begin(browser: Browser, url: string, options: BrowserContextOptions): Promise<Tour> {
    const windowOf = async () => {
      // A worker that keeps the shell would make the second screen another case than the first.
      const context = await browser.newContext({ ...options, serviceWorkers: 'block' });
      const page = await context.newPage();
      await answerHub(page);
      return page;
    };
    const [maya, stranger] = [await windowOf(), await windowOf()];
    await signInAsMaya(maya);
    return new Tour(url, maya, stranger, [listenForComplaints(maya), listenForComplaints(stranger)]);
  }

  /** Goes to a screen, loaded anew, and waits until everything on it has arrived. */
  async show(path: string, signedIn = true): Promise<Page> {
    const page = signedIn ? this.maya : this.stranger;
    await page.goto(this.url + path);
    await expect(page.locator('h1').first()).toBeVisible();
    if (signedIn) await expect(page.getByRole('button', { name: 'You', exact: true })).toBeVisible();
    await stands(page);
    return page;
  }

  async end(): Promise<void> {
    await this.maya.context().close();
    await this.stranger.context().close();
  }
}

/** Waits until nothing is added, removed or recoloured any more. */
export async function stands(page: Page): Promise<void> {
  await page.evaluate(
    ([stillForMs, patienceMs]) =>
      new Promise<void>((resolve) => {
        const done = () => {
          observer.disconnect();
          resolve();
        };
        let still = setTimeout(done, stillForMs);
        const observer = new MutationObserver(() => {
          clearTimeout(still);
          still = setTimeout(done, stillForMs);
        });
        observer.observe(document.body, { childList: true, subtree: true });
        observer.observe(document.documentElement, { attributes: true });
        setTimeout(done, patienceMs);
      }),
    [stillForMs, patienceMs] as const,
  );
}
