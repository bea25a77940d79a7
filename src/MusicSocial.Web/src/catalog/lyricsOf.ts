import { type Accessor, createResource } from 'solid-js';
import { useApp } from '../shell/app';
import { tellRefusal } from '../shell/toasts';
import type { CueSheet } from '../wire/contract';
import { isRefusal } from '../wire/refusal';

export interface Lyrics {
  sheet: Accessor<CueSheet | undefined>;
  /** Known not to exist, as opposed to not here yet. */
  none: Accessor<boolean>;
  put(sheet: CueSheet): void;
}

/** The cue sheet of the track one looks at. */
export function createLyrics(trackId: () => string | undefined): Lyrics {
  const { api } = useApp();
  const [sheet, { mutate }] = createResource(trackId, async (id) => {
    try {
      return await api.lyrics(id);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.code !== 'lyrics.none' && error.code !== 'http.404') tellRefusal(error);
      return null;
    }
  });
  return {
    sheet: () => (sheet.loading ? undefined : (sheet.latest ?? undefined)),
    none: () => !sheet.loading && sheet.latest === null,
    put: (uploaded) => mutate(uploaded),
  };
}
