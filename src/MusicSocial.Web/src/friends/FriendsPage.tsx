import { createEffect, createMemo, createResource, For, type JSX, Show } from 'solid-js';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links, navigate } from '../shell/router';
import { attempt } from '../shell/toasts';
import type { Audience } from '../wire/contract';
import { FriendRow } from './FriendRow';
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
        <PrivacySettings />
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

const audiences: Record<Audience, string> = {
  everyone: 'Everyone',
  followers: 'People I follow back',
  nobody: 'No one',
};

function PrivacySettings(): JSX.Element {
  const { api, connection } = useApp();
  const [privacy, { mutate }] = createResource(() => attempt(() => api.privacy()));
  async function change(part: { privateSession?: boolean; audience?: Audience }): Promise<void> {
    const before = privacy.latest;
    if (before === undefined) return;
    const wanted = { ...before, ...part };
    mutate(wanted);
    const done = await attempt(async () => {
      if (part.privateSession !== undefined) await connection.hub.setPrivateSession(part.privateSession);
      else await api.setPrivacy(wanted);
      return true;
    });
    if (!done) mutate(before);
  }
  return (
    <Show when={privacy.latest}>
      {(current) => (
        <section class="section privacy panel" aria-labelledby="privacy-title">
          <h2 id="privacy-title">Who sees what I play</h2>
          <label class="switch">
            <input
              type="checkbox"
              checked={current().privateSession}
              onChange={(event) => void change({ privateSession: event.currentTarget.checked })}
            />
            <span>
              Private session
              <br />
              <span class="small dim">No one sees what you play until you switch this off.</span>
            </span>
          </label>
          <label class="row">
            <span class="grow">Otherwise shown to</span>
            <select
              class="select"
              value={current().audience}
              onChange={(event) => void change({ audience: event.currentTarget.value as Audience })}
            >
              <For each={Object.entries(audiences)}>{([value, name]) => <option value={value}>{name}</option>}</For>
            </select>
          </label>
        </section>
      )}
    </Show>
  );
}
