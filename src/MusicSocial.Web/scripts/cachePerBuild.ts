import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Names the service worker's cache after what was built, so that activating a new build drops the files of all earlier ones. */
export function cachePerBuild(): Plugin {
  return {
    name: 'cache-per-build',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      const worker = join(dir, 'sw.js');
      writeFileSync(worker, stamped(readFileSync(worker, 'utf8'), Object.keys(bundle)));
    },
  };
}

/** File names contain the hashes of their contents: other contents, another name. */
export function stamped(worker: string, files: readonly string[]): string {
  const build = createHash('sha256')
    .update([...files].sort().join())
    .digest('hex')
    .slice(0, 12);
  const named = worker.replace('shell-development', `shell-${build}`);
  if (named === worker) throw new Error('The service worker does not name its cache "shell-development".');
  return named;
}
