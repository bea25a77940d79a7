import type { CueLine } from '../wire/contract';

/** Lines that stand together: from the first to the last, by their index. */
export interface Quote {
  first: number;
  last: number;
}

export const mostLines = 6;
const mostCharacters = 400;

/** What is quoted after a line was touched: neighbours join, an end lets go, anything else begins anew. */
export function touch(quote: Quote | undefined, line: number): Quote | undefined {
  if (quote === undefined) return { first: line, last: line };
  const { first, last } = quote;
  const long = last - first + 1 >= mostLines;
  if (line === first && line === last) return undefined;
  if (line === first) return { first: first + 1, last };
  if (line === last) return { first, last: last - 1 };
  if (line === first - 1 && !long) return { first: line, last };
  if (line === last + 1 && !long) return { first, last: line };
  return { first: line, last: line };
}

export const isQuoted = (quote: Quote | undefined, line: number) =>
  quote !== undefined && quote.first <= line && line <= quote.last;

/** As the server counts them. */
export const linesText = ({ first, last }: Quote) => (first === last ? String(first) : `${first}-${last}`);

export const quotedLines = (lines: readonly CueLine[], quote: Quote) =>
  lines.filter((line) => isQuoted(quote, line.index) && line.text.trim() !== '');

/** The line being sung, with the next one where they make a thought: a good first guess. */
export function firstGuess(lines: readonly CueLine[], atMs: number): Quote | undefined {
  const spoken = lines.filter((line) => line.text.trim() !== '');
  const now = spoken.findLast((line) => typeof line.startMs === 'number' && line.startMs <= atMs) ?? spoken[0];
  if (now === undefined) return undefined;
  const next = lines[now.index + 1];
  const both =
    next !== undefined && next.text.trim() !== '' && now.text.length + next.text.length <= mostCharacters / 2;
  return { first: now.index, last: both ? now.index + 1 : now.index };
}
