import { For, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { Menu } from '../shell/Menu';
import { agoText } from '../shell/time';
import { actorOf, linkOf, sentenceOf } from './notices';

export function InboxMenu(): JSX.Element {
  const { inbox, clock } = useApp();
  const unread = () => inbox.inbox().unread;
  const bell = (
    <span class="menu-holder">
      <Icon name="bell" size={20} />
      <Show when={unread() > 0}>
        <span class="badge">{Math.min(99, unread())}</span>
      </Show>
    </span>
  );
  return (
    <Menu
      label={unread() > 0 ? `Inbox, ${unread()} unread` : 'Inbox'}
      trigger={bell}
      wide
      onOpen={() => void inbox.markRead()}
    >
      <For
        each={inbox.inbox().items}
        fallback={<p class="blank small">Mentions, replies and invitations will be waiting here.</p>}
      >
        {(notice) => (
          <a class="menu-item" href={linkOf(notice)}>
            <Show when={actorOf(notice)} fallback={<Icon name="flag" size={18} />}>
              {(actor) => <Avatar user={actor()} size="tiny" />}
            </Show>
            <span class="grow">
              {sentenceOf(notice)}
              <span class="small dim"> · {agoText(notice.atMs, clock.now())}</span>
            </span>
          </a>
        )}
      </For>
    </Menu>
  );
}
