import { createSignal, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { askToSignIn } from '../accounts/SignIn';
import { InboxMenu } from '../friends/InboxMenu';
import { useApp } from './app';
import { Icon } from './Icon';
import { setHelpOpen } from './keyboard';
import { Menu } from './Menu';
import { links, navigate, route } from './router';
import { mode, toggleTheme } from './theme';

export function TopBar(): JSX.Element {
  const { account } = useApp();
  return (
    <header class="topbar">
      <a class="wordmark" href={links.home} aria-label="MusicSocial, home">
        <Icon name="wave" size={24} />
        <span>MusicSocial</span>
      </a>
      <SearchBox />
      <nav aria-label="Main">
        <a class="icon-button" href={links.friends} aria-label="Friends" title="Friends">
          <Icon name="friends" size={20} />
        </a>
        <Show when={account.user()}>
          <InboxMenu />
        </Show>
        <Show
          when={account.user()}
          fallback={
            <button type="button" class="button primary" onClick={() => askToSignIn()}>
              Join in
            </button>
          }
        >
          {(user) => (
            <Menu label="You" trigger={<Avatar user={user()} />}>
              <a class="menu-item" href={links.profile(user().handle)}>
                <Avatar user={user()} size="tiny" />
                <span class="ellipsis">{user().displayName}</span>
              </a>
              <Show when={user().guest}>
                <button type="button" class="menu-item" onClick={() => askToSignIn('register')}>
                  Create an account
                </button>
              </Show>
              <a class="menu-item" href={links.account}>
                <Icon name="settings" /> Account and devices
              </a>
              <button type="button" class="menu-item" onClick={toggleTheme}>
                <Icon name={mode() === 'dark' ? 'sun' : 'moon'} /> {mode() === 'dark' ? 'Light' : 'Dark'} theme
              </button>
              <button type="button" class="menu-item" onClick={() => setHelpOpen(true)}>
                <Icon name="help" /> Keyboard and sync
              </button>
              <button type="button" class="menu-item" onClick={() => account.signOut()}>
                <Icon name="door" /> Sign out
              </button>
            </Menu>
          )}
        </Show>
      </nav>
    </header>
  );
}

function SearchBox(): JSX.Element {
  const [timer, setTimer] = createSignal(0);
  const query = () => {
    const current = route();
    return current.page === 'search' ? current.query : '';
  };
  const search = (text: string, wait: number) => {
    window.clearTimeout(timer());
    const replace = route().page === 'search';
    setTimer(window.setTimeout(() => text.trim() && navigate(links.search(text.trim()), replace), wait));
  };
  return (
    <form
      class="searchbox"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(event.currentTarget.querySelector('input')?.value ?? '', 0);
      }}
    >
      <Icon name="search" />
      <input
        class="input"
        type="search"
        aria-label="Search songs"
        placeholder="Search songs"
        value={query()}
        onInput={(event) => search(event.currentTarget.value, 250)}
      />
    </form>
  );
}
