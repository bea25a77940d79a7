import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { stamped } from '../../scripts/cachePerBuild';

const worker = readFileSync(new URL('../../public/sw.js', import.meta.url), 'utf8');

/** A browser's caches, kept from one build of the worker to the next. */
class Browser {
  readonly caches = new Map<string, string[]>();

  async visit(build: readonly string[]): Promise<void> {
    const handlers = new Map<string, (event: object) => void>();
    const open = async (name: string) => {
      const kept = this.caches.get(name) ?? [];
      this.caches.set(name, kept);
      return {
        add: async (path: string) => kept.push(path),
        match: async () => undefined,
        put: async () => kept.push('asset'),
      };
    };
    const done: Promise<unknown>[] = [];
    runInNewContext(stamped(worker, build), {
      self: {
        addEventListener: (name: string, run: (event: object) => void) => handlers.set(name, run),
        skipWaiting: async () => {},
        clients: { claim: async () => {} },
        location: new URL('http://hub/sw.js'),
      },
      caches: {
        open,
        keys: async () => [...this.caches.keys()],
        delete: async (name: string) => this.caches.delete(name),
      },
      fetch: async () => ({ ok: true, clone: () => ({}) }),
      URL,
    });
    for (const event of ['install', 'activate']) {
      handlers.get(event)?.({ waitUntil: (promise: Promise<unknown>) => done.push(promise) });
      await Promise.all(done);
    }
    const respondWith = (promise: Promise<unknown>) => done.push(promise);
    handlers.get('fetch')?.({ request: { method: 'GET', url: 'http://hub/assets/a.js' }, respondWith });
    await Promise.all(done);
  }
}

describe('the service worker', () => {
  it('keeps the files of one build only', async () => {
    const browser = new Browser();
    await browser.visit(['index.html', 'assets/index-a1.js']);
    await browser.visit(['assets/index-b2.js', 'index.html']);
    await browser.visit(['index.html', 'assets/index-b2.js']);
    expect([...browser.caches.values()]).toEqual([['/', 'asset', '/', 'asset']]);
  });
});
