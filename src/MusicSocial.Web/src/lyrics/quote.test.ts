import { describe, expect, it } from 'vitest';
import type { CueLine } from '../wire/contract';
import { firstGuess, linesText, mostLines, quotedLines, touch } from './quote';

const lines = ['one', 'two', '', 'four', 'five'].map(
  (text, index): CueLine => ({ index, startMs: index * 1_000, text, words: [] }),
);

describe('a quote', () => {
  it('grows by its neighbours and shrinks from its ends', () => {
    let quote = touch(undefined, 3);
    quote = touch(quote, 4);
    quote = touch(quote, 2);
    expect(quote).toEqual({ first: 2, last: 4 });
    expect(touch(quote, 2)).toEqual({ first: 3, last: 4 });
    expect(touch(quote, 4)).toEqual({ first: 2, last: 3 });
    expect(touch({ first: 1, last: 1 }, 1)).toBeUndefined();
  });

  it('begins anew with a line that stands apart, or when it is as long as a card takes', () => {
    expect(touch({ first: 0, last: 1 }, 4)).toEqual({ first: 4, last: 4 });
    expect(touch({ first: 1, last: mostLines }, mostLines + 1)).toEqual({ first: mostLines + 1, last: mostLines + 1 });
  });

  it('is asked for as the server counts', () => {
    expect(linesText({ first: 3, last: 3 })).toBe('3');
    expect(linesText({ first: 3, last: 5 })).toBe('3-5');
  });

  it('leaves out what is silent', () => {
    expect(quotedLines(lines, { first: 1, last: 3 }).map((line) => line.text)).toEqual(['two', 'four']);
  });

  it('is guessed from what is being sung', () => {
    expect(firstGuess(lines, 300)).toEqual({ first: 0, last: 1 });
    expect(firstGuess(lines, 2_500)).toEqual({ first: 1, last: 1 });
    expect(firstGuess(lines, -1)).toEqual({ first: 0, last: 1 });
    expect(firstGuess([], 0)).toBeUndefined();
  });
});
