const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The direction of one line, by its first letter: a song may mix both. */
export const directionOf = (text: string): 'rtl' | 'ltr' => (rightToLeft.test(text) ? 'rtl' : 'ltr');

/** Chinese, Japanese or Korean: written without blanks or read with small letters above. */
export const isEastAsian = (text: string): boolean => eastAsian.test(text);

const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

/** A language as the reader calls it; an unknown tag stays as it is. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
