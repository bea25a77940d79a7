import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  For,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { Icon } from '../shell/Icon';
import { canShare, copyText, share } from '../shell/platform';
import { links } from '../shell/router';
import { notify } from '../shell/toasts';
import type { CueSheet, Track } from '../wire/contract';
import { isRefusal, type Refusal } from '../wire/refusal';
import { directionOf } from './language';
import { firstGuess, isQuoted, linesText, type Quote, quotedLines, touch } from './quote';
import './quote.css';

const restMs = 250;

/** Chooses lines of a song and shows them as a card to share or download, with a link to the moment. */
export function QuoteDialog(props: {
  track: Track;
  sheet: CueSheet;
  positionMs: () => number;
  onClose: () => void;
}): JSX.Element {
  const { api } = useApp();
  const [quote, setQuote] = createSignal(firstGuess(props.sheet.lines, props.positionMs()));
  const [settled, setSettled] = createSignal(quote());
  const [refusal, setRefusal] = createSignal<Refusal>();
  let list!: HTMLOListElement;
  const chosen = createMemo(() => {
    const current = quote();
    return current ? quotedLines(props.sheet.lines, current) : [];
  });
  const link = () => {
    const at = chosen()[0]?.startMs;
    const path = typeof at === 'number' ? links.moment(props.track.id, at) : links.song(props.track.id);
    return location.origin + path;
  };

  // Several clicks in a row draw one card.
  createEffect(
    on(quote, (wanted) => {
      const timer = setTimeout(() => setSettled(wanted), restMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  const [card] = createResource(settled, async (wanted: Quote) => {
    setRefusal(undefined);
    const lines = linesText(wanted);
    try {
      return await api.quoteCard(props.track.id, lines, 'png').catch((error: unknown) => {
        if (isRefusal(error, 'lyrics.quote_undrawable')) return api.quoteCard(props.track.id, lines, 'svg');
        throw error;
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setRefusal(error);
      return undefined;
    }
  });
  const picture = createMemo<string | undefined>((before) => {
    if (before) URL.revokeObjectURL(before);
    return card.latest && URL.createObjectURL(card.latest);
  });
  onCleanup(() => {
    const last = picture();
    if (last) URL.revokeObjectURL(last);
  });
  const fileName = () => `${props.track.title}.${card.latest?.type.includes('svg') ? 'svg' : 'png'}`;
  const words = () =>
    chosen()
      .map((line) => line.text)
      .join('\n');

  async function shareCard(): Promise<void> {
    const blob = card.latest;
    if (blob === undefined) return;
    const file = new File([blob], fileName(), { type: blob.type });
    await share({ title: props.track.title, text: words(), url: link() }, file);
  }

  async function copyLink(): Promise<void> {
    const copied = await copyText(link());
    notify(copied ? 'The link to this moment is in the clipboard.' : `The browser does not let pages copy: ${link()}`);
  }

  onMount(() => list.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'center' }));

  return (
    <Dialog title="Quote this song" wide onClose={props.onClose}>
      <div class="quote">
        <ol class="quote-lines" ref={list} aria-label="Lines to quote" lang={props.sheet.language ?? undefined}>
          <For each={props.sheet.lines.filter((line) => line.text.trim() !== '')}>
            {(line) => (
              <li dir={directionOf(line.text)}>
                <button
                  type="button"
                  aria-pressed={isQuoted(quote(), line.index)}
                  onClick={() => setQuote(touch(quote(), line.index))}
                >
                  {line.text}
                </button>
              </li>
            )}
          </For>
        </ol>
        <div class="quote-side">
          <div class="quote-card" aria-busy={card.loading}>
            <Show when={quote()} fallback={<p class="dim">Choose a line or a few.</p>}>
              <Show when={!refusal()} fallback={<p role="alert">{refusal()?.message}</p>}>
                <Show when={picture()} fallback={<p class="dim">Drawing the card…</p>}>
                  {(source) => <img src={source()} alt={`Card: ${words()}`} />}
                </Show>
              </Show>
            </Show>
          </div>
          <div class="row wrap">
            <Show when={canShare()}>
              <button type="button" class="button primary" disabled={!picture()} onClick={() => void shareCard()}>
                <Icon name="share" /> Share
              </button>
            </Show>
            <a
              class="button"
              classList={{ primary: !canShare() }}
              href={picture()}
              download={fileName()}
              aria-disabled={!picture()}
            >
              <Icon name="download" /> Download
            </a>
            <button type="button" class="button" onClick={() => void copyLink()}>
              <Icon name="link" /> Copy link
            </button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
