import { createEffect, createMemo, For, type JSX, Show } from 'solid-js';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links, navigate } from '../shell/router';
import { FriendRow } from './FriendRow';
import { PeopleLists } from './PeopleLists';
import { PrivacyPanel } from './PrivacyPanel';
import { byPresence } from './presence';
import './friends.css';

export function FriendsPage(): JSX.Element {
  const { account, friends, clock } = useApp();
  const sorted = createMemo(() => byPresence(friends.list(), clock.now()));
  createEffect(() => {
    document.title = 'Friends · MusicSocial';
  });
  return (
    <div class="page narrow">
      <h1>Friends</h1>
      <Show
        when={account.user()}
        fallback={
          <div class="blank">
            <Icon name="friends" size={34} />
            <h3>See what friends are playing right now</h3>
            <p>Join their room or listen along, at the same second.</p>
            <button type="button" class="button primary" onClick={() => askToSignIn()}>
              Join in
            </button>
          </div>
        }
      >
        <FindPerson />
        <ul class="friend-list section">
          <For each={sorted()}>{(friend) => <FriendRow friend={friend} />}</For>
        </ul>
        <Show when={friends.loaded() && sorted().length === 0}>
          <div class="blank">
            <Icon name="friends" size={34} />
            <h3>No friends yet</h3>
            <p>Follow people by their handle, or from their profile when you meet them in a room or under a song.</p>
          </div>
        </Show>
        <PeopleLists />
        <PrivacyPanel />
      </Show>
    </div>
  );
}

function FindPerson(): JSX.Element {
  return (
    <form
      class="row find"
      onSubmit={(event) => {
        event.preventDefault();
        const handle = String(new FormData(event.currentTarget).get('handle')).trim().replace(/^@/, '');
        if (handle) navigate(links.profile(handle));
      }}
    >
      <input
        class="input"
        name="handle"
        aria-label="Handle"
        placeholder="@handle"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
      <button type="submit" class="button">
        Find
      </button>
    </form>
  );
}
