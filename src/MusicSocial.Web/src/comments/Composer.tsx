import { createEffect, createSignal, type JSX, on, Show } from 'solid-js';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { newId } from '../shell/platform';
import { clockText } from '../shell/time';
import { notifyRefusal } from '../shell/toasts';
import type { Comment } from '../wire/contract';
import { isRefusal } from '../wire/refusal';
import { lengthOf, longestComment, type Pin, pinFor } from './commentText';
import { createCountdown } from './countdown';
import type { Thread } from './thread';

export interface ComposerProps {
  thread: Thread;
  trackId: string;
  roomId: string | undefined;
  positionMs: () => number | undefined;
  replyTo: Comment | undefined;
  onReplyDone: () => void;
}

export function Composer(props: ComposerProps): JSX.Element {
  const { account } = useApp();
  let area!: HTMLTextAreaElement;
  const [text, setText] = createSignal('');
  const [pin, setPin] = createSignal<Pin>();
  const [pinned, setPinned] = createSignal(true);
  const [sending, setSending] = createSignal(false);
  const countdown = createCountdown();
  /** The same key until it is accepted: sending again after a lost connection posts once. */
  let clientKey = newId();
  createEffect(
    on(
      () => props.replyTo,
      (comment) => comment && area.focus(),
      { defer: true },
    ),
  );

  const left = () => longestComment - lengthOf(text());
  const ready = () => text().trim() !== '' && left() >= 0 && !sending() && countdown.seconds() === 0;

  async function send(): Promise<void> {
    if (!ready()) return;
    setSending(true);
    try {
      await props.thread.post({
        trackId: props.trackId,
        text: text().trim(),
        clientKey,
        positionMs: pinned() ? (pin()?.positionMs ?? null) : null,
        parentId: props.replyTo?.id ?? null,
        roomId: props.roomId ?? null,
      });
      clientKey = newId();
      setText('');
      setPin(undefined);
      props.onReplyDone();
    } catch (error) {
      if (isRefusal(error) && error.retryAfterMs) countdown.start(error.retryAfterMs);
      notifyRefusal(error);
    } finally {
      setSending(false);
      area.focus();
    }
  }

  return (
    <Show
      when={account.user()}
      fallback={
        <div class="composer">
          <button type="button" class="button primary grow" onClick={() => askToSignIn()}>
            Join in to comment
          </button>
        </div>
      }
    >
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Show when={props.replyTo}>
          {(comment) => (
            <p class="row small dim replying">
              <Icon name="reply" size={14} />
              <span class="ellipsis grow">
                {comment().author.displayName}: {comment().text}
              </span>
              <button
                type="button"
                class="icon-button tiny"
                aria-label="Do not reply"
                onClick={() => props.onReplyDone()}
              >
                <Icon name="close" size={13} />
              </button>
            </p>
          )}
        </Show>
        <div class="composer-row">
          <textarea
            ref={area}
            rows="1"
            aria-label="Write a comment"
            placeholder="Say it on this second…"
            value={text()}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setPin(pinFor(event.currentTarget.value, pin(), props.positionMs()));
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                void send();
              }
              if (event.key === 'Escape') props.onReplyDone();
            }}
          />
          <Show when={pin()}>
            {(at) => (
              <button
                type="button"
                class="chip time"
                classList={{ off: !pinned() }}
                aria-pressed={pinned()}
                aria-label={`Pin to ${clockText(at().positionMs)}`}
                title={pinned() ? 'Pinned to this moment' : 'Not pinned'}
                onClick={() => setPinned(!pinned())}
              >
                <Icon name="pin" size={13} /> {clockText(at().positionMs)}
              </button>
            )}
          </Show>
          <button
            type="submit"
            class="icon-button send"
            aria-label={countdown.seconds() > 0 ? `Wait ${countdown.seconds()} seconds` : 'Send'}
            disabled={!ready()}
          >
            <Show when={countdown.seconds() > 0} fallback={<Icon name="send" />}>
              <span class="num small">{countdown.seconds()}</span>
            </Show>
          </button>
        </div>
        <Show when={left() < 60}>
          <p class="small num" classList={{ 'form-refusal': left() < 0, dim: left() >= 0 }}>
            {left()} characters left
          </p>
        </Show>
      </form>
    </Show>
  );
}
