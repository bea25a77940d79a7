import { type Accessor, createEffect, createResource, on } from 'solid-js';
import { useApp } from '../shell/app';
import { notify, notifyRefusal } from '../shell/toasts';
import type { CueSheet, LyricsChanged } from '../wire/contract';
import { isRefusal } from '../wire/refusal';

export interface Lyrics {
  sheet: Accessor<CueSheet | undefined>;
  /** Known not to exist, as opposed to not here yet. */
  none: Accessor<boolean>;
  put(sheet: CueSheet): void;
}

interface Found {
  trackId: string;
  sheet: CueSheet | null;
}

/** The cue sheet of the track on the page, read again when another version was made. A track that has none is not asked for it. */
export function createLyrics(
  trackId: () => string | undefined,
  hasLyrics: (trackId: string) => boolean | Promise<boolean>,
  changed: Accessor<LyricsChanged | undefined>,
): Lyrics {
  const { api, account } = useApp();
  const [found, { mutate, refetch }] = createResource(trackId, async (id, { refetching }): Promise<Found> => {
    try {
      const isThere = refetching === true || (await hasLyrics(id));
      return { trackId: id, sheet: isThere ? await api.lyrics(id) : null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const absent = error.code === 'lyrics.none' || error.code === 'http.404';
      if (!absent) notifyRefusal(error);
      return { trackId: id, sheet: (absent ? undefined : known(id)?.sheet) ?? null };
    }
  });
  /** While newer lyrics are on their way the ones there are stay. */
  const known = (id: string | undefined) => (found.latest?.trackId === id ? found.latest : undefined);

  createEffect(
    on(
      changed,
      (change) => {
        const shown = known(trackId())?.sheet;
        if (change === undefined || change.trackId !== trackId() || shown?.revision === change.revision) return;
        void refetch(true);
        if (change.by && change.by.id !== account.user()?.id) notify(`${change.by.displayName} changed the lyrics.`);
      },
      { defer: true },
    ),
  );

  return {
    sheet: () => known(trackId())?.sheet ?? undefined,
    none: () => known(trackId())?.sheet === null,
    put: (sheet) => mutate({ trackId: sheet.trackId, sheet }),
  };
}
