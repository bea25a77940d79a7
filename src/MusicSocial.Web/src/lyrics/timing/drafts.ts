import type { Draft } from './draft';

interface Kept {
  draft: Draft;
  basedOn: number;
}

const keyOf = (trackId: string) => `musicsocial.draft.${trackId}`;

/** Work in progress, kept on this device until it is published: closing a tab costs nothing. */
export function keepDraft(trackId: string, draft: Draft, basedOn: number): void {
  try {
    localStorage.setItem(keyOf(trackId), JSON.stringify({ draft, basedOn } satisfies Kept));
  } catch {
    // A full store loses the safety net, not the work.
  }
}

/** What was left unfinished, if it began with the lyrics there still are. */
export function unfinished(trackId: string, basedOn: number): Draft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(trackId)) ?? 'null') as Kept | null;
    return kept?.basedOn === basedOn && Array.isArray(kept.draft?.lines) ? kept.draft : undefined;
  } catch {
    return undefined;
  }
}

export const forgetDraft = (trackId: string): void => localStorage.removeItem(keyOf(trackId));
