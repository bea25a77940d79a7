import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { lengthOf, longestComment } from '../comments/commentText';
import { createCountdown } from '../comments/countdown';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { newId } from '../shell/platform';
import { links } from '../shell/router';
import { agoText } from '../shell/time';
import { notifyRefusal } from '../shell/toasts';
import { isRefusal } from '../wire/refusal';
import { followPause, leftText } from './chatPause';
import { ModerateButton } from './ModerateButton';
import { ReactionRow } from './Reactions';
import '../comments/comments.css';

export function RoomChat(): JSX.Element {
  const { clock, room } = useApp();
  let list!: HTMLDivElement;
  const [fresh, setFresh] = createSignal(0);
  const lines = () => room.view()?.chat ?? [];
  const atBottom = () => list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const toBottom = () => {
    list.scrollTop = list.scrollHeight;
    setFresh(0);
  };
  createEffect(
    on(
      () => lines().length,
      (count, before) => {
        if (before === undefined || atBottom()) queueMicrotask(toBottom);
        else if (count > before) setFresh((n) => n + count - before);
      },
    ),
  );
  return (
    <div class="sheet-body comments">
      <div class="scroll" ref={list} onScroll={() => atBottom() && setFresh(0)}>
        <div role="log" aria-live="off" aria-label="Room chat" tabindex="0">
          <For each={lines()}>
            {(line) => (
              <article class="comment" aria-label={`${line.author.displayName} says`}>
                <a href={links.profile(line.author.handle)} tabindex="-1" aria-label={line.author.displayName}>
                  <Avatar user={line.author} />
                </a>
                <div class="grow">
                  <p class="row small">
                    <a class="plain name ellipsis" href={links.profile(line.author.handle)}>
                      {line.author.displayName}
                    </a>
                    <span class="dim grow">{agoText(line.atMs, clock.now())}</span>
                    <ModerateButton user={line.author} />
                  </p>
                  <p class="comment-text" dir="auto">
                    {line.text}
                  </p>
                </div>
              </article>
            )}
          </For>
        </div>
        <Show when={lines().length === 0}>
          <div class="blank">
            <Icon name="chat" size={30} />
            <h3>Say hello</h3>
            <p class="small">Room chat is for now. Comments stay with the song.</p>
          </div>
        </Show>
      </div>
      <Show when={fresh() > 0}>
        <button type="button" class="button primary new-pill" onClick={toBottom}>
          {fresh()} new
        </button>
      </Show>
      <ReactionRow />
      <ChatComposer />
    </div>
  );
}

function ChatComposer(): JSX.Element {
  const { clock, connection, room } = useApp();
  const [text, setText] = createSignal('');
  const countdown = createCountdown();
  const pause = createCountdown();
  const settings = () => room.room()?.settings;
  followPause(() => settings()?.chatPausedUntilMs, clock, pause);
  const exempt = () => room.permissions()?.control === true;
  const open = () => settings()?.chatEnabled !== false && (pause.seconds() === 0 || exempt());
  const closed = () =>
    settings()?.chatEnabled === false
      ? 'The host has switched the chat off.'
      : `The chat is paused for ${leftText(pause.seconds())}.`;
  /** What holds for the chat now, for everyone to know. */
  const notice = () => {
    const seconds = Math.round((settings()?.slowModeMs ?? 0) / 1_000);
    if (pause.seconds() > 0) return `Paused for listeners for ${leftText(pause.seconds())}.`;
    if (seconds > 0) return `Slow mode: one message every ${leftText(seconds)}${exempt() ? ', not for you' : ''}.`;
    return undefined;
  };
  let clientKey = newId();

  async function say(): Promise<void> {
    const here = room.room();
    if (here === undefined || text().trim() === '' || lengthOf(text()) > longestComment) return;
    try {
      await connection.hub.say(here.id, text().trim(), clientKey);
      clientKey = newId();
      setText('');
    } catch (error) {
      if (isRefusal(error) && error.retryAfterMs) countdown.start(error.retryAfterMs);
      notifyRefusal(error);
    }
  }

  return (
    <Show when={open()} fallback={<p class="composer dim small">{closed()}</p>}>
      <Show when={notice()}>{(now) => <p class="composer dim small">{now()}</p>}</Show>
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void say();
        }}
      >
        <div class="composer-row">
          <textarea
            rows="1"
            aria-label="Say something in the room"
            placeholder="Say something…"
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              void say();
            }}
          />
          <button
            type="submit"
            class="icon-button send"
            aria-label={countdown.seconds() > 0 ? `Wait ${countdown.seconds()} seconds` : 'Send'}
            disabled={text().trim() === '' || countdown.seconds() > 0}
          >
            <Show when={countdown.seconds() > 0} fallback={<Icon name="send" />}>
              <span class="num small">{countdown.seconds()}</span>
            </Show>
          </button>
        </div>
      </form>
    </Show>
  );
}
