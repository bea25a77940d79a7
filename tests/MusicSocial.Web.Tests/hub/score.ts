import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const library = fileURLToPath(new URL('../../../src/MusicSocial.DemoMusic/library/', import.meta.url));

export interface SungWord {
  startMs: number;
  endMs: number;
  text: string;
}

const msOf = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000;

/** The words of a demo song as its score wrote them down, read without anything that the hub or the client reads them with. */
export function scoreOf(title: string): SungWord[] {
  const ttml = readFileSync(`${library}${title}.ttml`, 'utf8');
  const words = ttml.matchAll(/<span begin="([\d:.]+)" end="([\d:.]+)">([^<]+)<\/span>/g);
  return [...words].map(([, begin = '', end = '', text = '']) => ({ startMs: msOf(begin), endMs: msOf(end), text }));
}

export const sungAt = (score: readonly SungWord[], atMs: number): number[] =>
  score.flatMap((word, n) => (word.startMs <= atMs && atMs < word.endMs ? [n] : []));

/** How far away, milliseconds of the song, the moment is at which these words are the ones being sung; 0 when it is now. */
export function distanceTo(score: readonly SungWord[], lit: readonly number[], atMs: number): number {
  const wanted = lit.join();
  const edges = score.flatMap((word) => [word.startMs, word.endMs]);
  const moments = [atMs, ...edges.flatMap((edge) => [edge, edge - 0.001])];
  const right = moments.filter((moment) => sungAt(score, moment).join() === wanted);
  return Math.min(...right.map((moment) => Math.abs(moment - atMs)));
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
