import type { CueLine, CueSheet } from '../wire/contract';
import { isEastAsian } from './language';

/** A second reading of a line: how it sounds, or what it means. */
export interface Layer {
  language: string;
  text: string;
}

/** Which layers the reader chose. */
export interface LayerChoice {
  romanisation: boolean;
  /** A language, `off`, or absent: the best of the reader's languages. */
  translation?: string | undefined;
}

/** A choice applied to a song. */
export interface Readings {
  translation: string | undefined;
  romanised: boolean;
  /** The romanisation word by word, where the words of both can be counted off and the script has room above. */
  above(line: CueLine): readonly string[] | undefined;
}

const primary = (tag: string | null | undefined) => (tag ?? '').toLowerCase().split('-')[0] ?? '';
const languagesOf = (sheet: CueSheet, of: 'translations' | 'romanisations') => [
  ...new Set(sheet.lines.flatMap((line) => Object.keys(line[of] ?? {}))),
];

/** The languages a song can be read in besides its own. */
export const translationsOf = (sheet: CueSheet): string[] => languagesOf(sheet, 'translations');
export const isRomanised = (sheet: CueSheet): boolean => languagesOf(sheet, 'romanisations').length > 0;

/** The reader's best language among those there are, unless the song is in a better one already. */
function bestFor(preferred: readonly string[], sheet: CueSheet): string | undefined {
  const there = translationsOf(sheet);
  for (const wanted of preferred.map(primary)) {
    if (wanted === primary(sheet.language)) return undefined;
    const found = there.find((language) => primary(language) === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function readings(sheet: CueSheet, choice: LayerChoice, preferred: readonly string[]): Readings {
  const chosen = translationsOf(sheet).find((language) => language === choice.translation);
  const translation = choice.translation === 'off' ? undefined : (chosen ?? bestFor(preferred, sheet));
  return {
    translation,
    romanised: choice.romanisation && isRomanised(sheet),
    above: (line) => (choice.romanisation ? aboveWords(line) : undefined),
  };
}

function aboveWords(line: CueLine): string[] | undefined {
  const [text] = Object.values(line.romanisations ?? {});
  const syllables = text?.trim().split(/\s+/) ?? [];
  return line.words.length > 0 && syllables.length === line.words.length && isEastAsian(line.text)
    ? syllables
    : undefined;
}

/** What to show under a line. */
export function layersOf(line: CueLine, wanted: Readings): Layer[] {
  const layers: Layer[] = [];
  const [romanisation] = Object.entries(line.romanisations ?? {});
  if (wanted.romanised && romanisation && wanted.above(line) === undefined)
    layers.push({ language: romanisation[0], text: romanisation[1] });
  const translation = wanted.translation && line.translations?.[wanted.translation];
  if (wanted.translation && translation) layers.push({ language: wanted.translation, text: translation });
  return layers;
}
