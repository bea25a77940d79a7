import { createSignal, For, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { copyText } from '../shell/platform';
import { links } from '../shell/router';
import { attempt, notify } from '../shell/toasts';

export function InviteDialog(props: { onClose: () => void }): JSX.Element {
  const { api, connection, friends, room } = useApp();
  const [copied, setCopied] = createSignal(false);
  const [invited, setInvited] = createSignal<ReadonlySet<string>>(new Set());
  const here = () => room.room();
  const link = () => `${location.origin}${links.room(here()?.code ?? '')}`;
  async function copy(): Promise<void> {
    if (await copyText(link())) setCopied(true);
    else notify(`The browser does not let pages copy: ${link()}`);
  }
  async function invite(userId: string): Promise<void> {
    const roomId = here()?.id;
    if (roomId === undefined) return;
    const done = await attempt(async () => {
      await connection.hub.inviteToRoom(roomId, userId);
      return true;
    });
    if (done) setInvited(new Set(invited()).add(userId));
  }
  return (
    <Dialog title="Bring people in" onClose={props.onClose}>
      <div class="invite">
        <img class="qr" src={api.roomQr(here()?.code ?? '')} alt={`QR code of ${link()}`} width="150" height="150" />
        <div class="grow">
          <p class="dim small">Code</p>
          <p class="code num">{here()?.code}</p>
          <button type="button" class="button primary" onClick={() => void copy()}>
            {copied() ? 'Link copied' : 'Copy link'}
          </button>
        </div>
      </div>
      <Show when={friends.list().length > 0}>
        <ul>
          <For each={friends.list()}>
            {(friend) => (
              <li class="friend">
                <span class="friend-who">
                  <Avatar user={friend.user} />
                  <strong class="ellipsis">{friend.user.displayName}</strong>
                </span>
                <button
                  type="button"
                  class="button"
                  disabled={invited().has(friend.user.id)}
                  onClick={() => void invite(friend.user.id)}
                >
                  {invited().has(friend.user.id) ? 'Invited' : 'Invite'}
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Dialog>
  );
}
