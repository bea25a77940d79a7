import type { CueLine } from '../wire/contract';

/** A second reading of a line: how it sounds, or what it means. */
export interface Layer {
  language: string;
  text: string;
}

const primary = (tag: string | null | undefined) => (tag ?? '').toLowerCase().split('-')[0] ?? '';

/** What to show under a line: its romanisation, and its meaning in the reader's best language unless the song is in it already. */
export function layersOf(
  line: CueLine,
  songLanguage: string | null | undefined,
  preferred: readonly string[],
): Layer[] {
  const layers: Layer[] = [];
  const [romanisation] = Object.entries(line.romanisations ?? {});
  if (romanisation) layers.push({ language: romanisation[0], text: romanisation[1] });
  const translations = Object.entries(line.translations ?? {});
  for (const wanted of preferred.map(primary)) {
    if (wanted === primary(songLanguage)) break;
    const translation = translations.find(([language]) => primary(language) === wanted);
    if (translation === undefined) continue;
    layers.push({ language: translation[0], text: translation[1] });
    break;
  }
  return layers;
}
