import type { Page } from '@playwright/test';
import { clockMs } from '../hub/people.ts';

interface Probe {
  pageMs: number;
  rigMs: number;
  roundTripMs: number;
}

const probes = 40;

/** A page's clock as the rig sees it: asked at two moments, a line between them. Nothing has to be known about how it is wrong. */
export class PageClock {
  private constructor(
    private readonly first: Probe,
    private readonly last: Probe,
  ) {}

  /** Half the round trip of the worse of the two looks: further off it cannot be. */
  get boundMs(): number {
    return Math.max(this.first.roundTripMs, this.last.roundTripMs) / 2;
  }

  static async around<T>(page: Page, during: () => Promise<T>): Promise<[PageClock, T]> {
    const first = await quickest(page);
    const result = await during();
    return [new PageClock(first, await quickest(page)), result];
  }

  /** The rig's time of a moment the page tells. */
  rigMs(pageMs: number): number {
    const { first, last } = this;
    const speed = (last.rigMs - first.rigMs) / (last.pageMs - first.pageMs);
    return first.rigMs + (pageMs - first.pageMs) * speed;
  }
}

async function quickest(page: Page): Promise<Probe> {
  const taken: Probe[] = [];
  for (let look = 0; look < probes; look++) {
    const asked = clockMs();
    const pageMs = await page.evaluate(() => performance.timeOrigin + performance.now());
    const answered = clockMs();
    taken.push({ pageMs, rigMs: (asked + answered) / 2, roundTripMs: answered - asked });
  }
  return taken.reduce((best, next) => (next.roundTripMs < best.roundTripMs ? next : best));
}
