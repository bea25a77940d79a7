import { clockText } from '../../shell/time';
import { isEastAsian } from '../language';

/** Words with the blanks after them: joined they are the line. Scripts without blanks are cut where a reader would. */
export function wordsOf(line: string): string[] {
  return (line.match(/\S+\s*/g) ?? []).flatMap((part) => (isEastAsian(part) ? cut(part) : [part]));
}

function cut(part: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(part)) {
    // Marks and blanks belong to what was sung before them.
    if (isWordLike || words.length === 0) words.push(segment);
    else words.push((words.pop() ?? '') + segment);
  }
  return words;
}

/** A position to the hundredth of a second. */
export const preciseText = (ms: number): string =>
  `${clockText(ms)}.${String(Math.floor(Math.max(0, ms) / 10) % 100).padStart(2, '0')}`;
