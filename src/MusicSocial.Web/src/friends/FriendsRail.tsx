import { createMemo, For, type JSX, Show } from 'solid-js';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import { FriendRow } from './FriendRow';
import { byPresence } from './presence';
import './friends.css';

export function FriendsRail(): JSX.Element {
  const { account, friends, clock } = useApp();
  const sorted = createMemo(() => byPresence(friends.list(), clock.now()));
  return (
    <aside class="panel rail" aria-label="Friends">
      <div class="rail-head">
        <h2>
          <a class="plain" href={links.friends}>
            Friends
          </a>
        </h2>
      </div>
      <div class="scroll">
        <ul>
          <For each={sorted()}>{(friend) => <FriendRow friend={friend} />}</For>
        </ul>
        <Show when={sorted().length === 0}>
          <div class="blank small">
            <Show
              when={account.user()}
              fallback={
                <>
                  <p>See what friends are playing right now.</p>
                  <button type="button" class="button" onClick={() => askToSignIn()}>
                    Join in
                  </button>
                </>
              }
            >
              <p>Follow people you meet in rooms and under songs, and see here what they play.</p>
            </Show>
          </div>
        </Show>
      </div>
    </aside>
  );
}
