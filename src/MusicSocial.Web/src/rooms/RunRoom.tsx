import { createResource, For, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { createCountdown } from '../comments/countdown';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { attempt, notify } from '../shell/toasts';
import type { Ban } from '../wire/contract';
import { followPause, leftText } from './chatPause';
import { RoomSettingsForm } from './RoomSettingsForm';
import { WordRules } from './WordRules';

/** Everything to run a room with: for its host, its DJs, and who opened it. */
export function RunRoom(props: { onClose: () => void }): JSX.Element {
  const { account, api, room } = useApp();
  const may = () => room.permissions();
  async function close(): Promise<void> {
    const here = room.room();
    if (here) await attempt(() => api.closeRoom(here.id));
    props.onClose();
  }
  return (
    <Dialog title="Run this room" wide onClose={props.onClose}>
      <div class="run-room">
        <Show when={may()?.control}>
          <ChatPause />
        </Show>
        <Show when={may()?.manage}>
          <Bans />
          <section>
            <h3>Settings</h3>
            <RoomSettingsForm onSaved={props.onClose} />
          </section>
        </Show>
        <Show when={may()?.manage}>
          <WordRules />
        </Show>
        <Show when={may()?.opened}>
          <section>
            <h3>You opened this room</h3>
            <div class="row wrap">
              <Show when={!may()?.manage}>
                <button
                  type="button"
                  class="button"
                  onClick={() => void room.command((hub, id) => hub.setRole(id, account.user()?.id ?? '', 'host'))}
                >
                  Take the room back
                </button>
              </Show>
              <button type="button" class="button danger" onClick={() => void close()}>
                Close the room for good
              </button>
            </div>
          </section>
        </Show>
      </div>
    </Dialog>
  );
}

function ChatPause(): JSX.Element {
  const { clock, room } = useApp();
  const pause = createCountdown();
  followPause(() => room.room()?.settings.chatPausedUntilMs, clock, pause);
  const set = (minutes: number) => void room.command((hub, id) => hub.pauseChat(id, minutes));
  return (
    <section>
      <h3>Chat</h3>
      <Show
        when={pause.seconds() > 0}
        fallback={
          <div class="row wrap" role="group" aria-label="Pause the chat">
            <For each={[1, 5, 15, 60]}>
              {(minutes) => (
                <button type="button" class="button" onClick={() => set(minutes)}>
                  Pause for {minutes} min
                </button>
              )}
            </For>
          </div>
        }
      >
        <div class="row wrap">
          <p class="grow">Paused for {leftText(pause.seconds())}. You and the DJs may speak.</p>
          <button type="button" class="button primary" onClick={() => set(0)}>
            Open the chat
          </button>
        </div>
      </Show>
    </section>
  );
}

function Bans(): JSX.Element {
  const { api, clock, room } = useApp();
  const roomId = () => room.room()?.id;
  const [bans, { refetch }] = createResource(roomId, async (id) => (await attempt(() => api.bans(id)))?.items ?? []);
  async function lift(ban: Ban): Promise<void> {
    const id = roomId();
    if (id === undefined) return;
    await attempt(() => api.unban(id, ban.user.id));
    notify(`${ban.user.displayName} may come in again.`);
    void refetch();
  }
  const until = (ban: Ban) =>
    ban.untilMs ? `for ${leftText(Math.max(0, (ban.untilMs - clock.now()) / 1_000))}` : 'for good';
  return (
    <Show when={(bans.latest ?? []).length > 0}>
      <section>
        <h3>Banned</h3>
        <ul>
          <For each={bans.latest}>
            {(ban) => (
              <li class="friend">
                <span class="friend-who">
                  <Avatar user={ban.user} />
                  <span class="grow">
                    <strong class="ellipsis">{ban.user.displayName}</strong>
                    <span class="dim small">
                      {until(ban)}
                      {ban.network ? ', with other guests from the same network' : ''}
                    </span>
                  </span>
                </span>
                <button
                  type="button"
                  class="chip"
                  aria-label={`Let ${ban.user.displayName} in again`}
                  onClick={() => void lift(ban)}
                >
                  Let in again
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
