import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newId } from './platform';

const src = new URL('../', import.meta.url);
/** What browsers leave out of pages over plain http. Names of properties, so a guard with `?.` does not let a use through. */
const secureOnly =
  /randomUUID|crypto\.subtle|\bcaches\b|audioWorklet|AudioWorklet|navigator\s*\??\.\s*(?:clipboard|share|canShare|wakeLock|locks|storage|serviceWorker|mediaDevices|gpu|credentials|permissions|bluetooth|usb|serial|hid)\b/;

describe('pages over plain http', () => {
  it('use what needs a secure context in one module only', () => {
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const uses = files
      .filter((name) => name.replaceAll('\\', '/') !== 'shell/platform.ts' && !name.endsWith('.test.ts'))
      .flatMap((name) => {
        const lines = readFileSync(new URL(name, src), 'utf8').split('\n');
        return lines.flatMap((line, at) => (secureOnly.test(line) ? [`${name}:${at + 1} ${line.trim()}`] : []));
      });
    expect(files.length).toBeGreaterThan(100);
    expect(uses).toEqual([]);
  });
});

describe('a new id', () => {
  it('is a random UUID of version 4', () => {
    const ids = new Set(Array.from({ length: 1_000 }, newId));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
