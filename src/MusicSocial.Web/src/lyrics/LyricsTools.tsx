import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js';
import { Icon } from '../shell/Icon';
import type { CueSheet, Track } from '../wire/contract';
import { LyricsOptions } from './LyricsOptions';
import type { LyricsPaneProps } from './LyricsPane';

const Karaoke = lazy(() => import('./Karaoke').then((m) => ({ default: m.Karaoke })));
const QuoteDialog = lazy(() => import('./QuoteDialog').then((m) => ({ default: m.QuoteDialog })));
const HistoryDialog = lazy(() => import('./history/HistoryDialog').then((m) => ({ default: m.HistoryDialog })));

/** Karaoke, quotes and options, in a corner of the lyrics pane. */
export function LyricsTools(
  props: LyricsPaneProps & { track: Track; onSheet: (sheet: CueSheet) => void },
): JSX.Element {
  const [open, setOpen] = createSignal<'karaoke' | 'quote' | 'history'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <div class="lyrics-tools" role="toolbar" aria-label="Lyrics">
        <button
          type="button"
          class="icon-button"
          aria-label="Quote a line"
          title="Quote a line"
          onClick={() => setOpen('quote')}
        >
          <Icon name="quote" />
        </button>
        <button
          type="button"
          class="icon-button"
          data-key="k"
          aria-label="Karaoke, full screen"
          title="Karaoke, full screen (K)"
          onClick={() => setOpen('karaoke')}
        >
          <Icon name="expand" />
        </button>
        <LyricsOptions
          trackId={props.track.id}
          sheet={props.sheet}
          onHistory={() => setOpen('history')}
          onSheet={props.onSheet}
        />
      </div>
      <Suspense>
        <Show when={open() === 'karaoke'}>
          <Karaoke {...props} onClose={close} />
        </Show>
        <Show when={open() === 'quote'}>
          <QuoteDialog track={props.track} sheet={props.sheet} positionMs={props.positionMs} onClose={close} />
        </Show>
        <Show when={open() === 'history'}>
          <HistoryDialog track={props.track} onReverted={props.onSheet} onClose={close} />
        </Show>
      </Suspense>
    </>
  );
}
