// Fails when what a first visit downloads outgrows its budget (gzip, as most proxies serve it).
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../MusicSocial.Server/wwwroot/', import.meta.url));
const html = readFileSync(`${root}index.html`, 'utf8');
const sizeOf = (file) => gzipSync(readFileSync(root + file), { level: 9 }).length;
const initial = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0);

const budgets = [
  ['initial JS', sum(initial.filter((file) => file.endsWith('.js'))), 60 * 1024],
  [
    'all CSS',
    sum(
      readdirSync(`${root}assets`)
        .filter((file) => file.endsWith('.css'))
        .map((file) => `assets/${file}`),
    ),
    12 * 1024,
  ],
];
for (const [name, size, budget] of budgets) {
  const verdict = size <= budget ? 'ok' : 'TOO BIG';
  process.stdout.write(`${name}: ${(size / 1024).toFixed(1)} KB of ${budget / 1024} KB ${verdict}\n`);
  if (size > budget) process.exitCode = 1;
}
