import { isEastAsian } from '../script';

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
