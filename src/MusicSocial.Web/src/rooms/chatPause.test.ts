import { expect, test } from 'vitest';
import { leftText } from './chatPause';

test.each([
  [0.2, '1 s'],
  [59, '59 s'],
  [60, '1 min'],
  [90, '2 min'],
  [3_600, '1 h'],
  [172_800, '2 days'],
])('%d seconds are left as %s', (seconds, text) => {
  expect(leftText(seconds)).toBe(text);
});
