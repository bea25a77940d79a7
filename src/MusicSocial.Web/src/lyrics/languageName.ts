const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

/** A language as the reader calls it; an unknown tag stays as it is. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
