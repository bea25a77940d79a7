import { createResource, For, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import { attempt } from '../shell/toasts';
import type { PersonalList } from '../wire/api';

const lists: [PersonalList, string, string][] = [
  ['circle/close', 'Close friends', 'Remove'],
  ['mute', 'Muted', 'Unmute'],
  ['block', 'Blocked', 'Unblock'],
];

/** The people one chose, muted and blocked; no other person sees these lists. */
export function PeopleLists(): JSX.Element {
  return <For each={lists}>{([list, title, undo]) => <List list={list} title={title} undo={undo} />}</For>;
}

function List(props: { list: PersonalList; title: string; undo: string }): JSX.Element {
  const { api } = useApp();
  const [people, { refetch }] = createResource(() => attempt(() => api.listed(props.list)));
  return (
    <Show when={people.latest?.items.length}>
      <section class="section" aria-label={props.title}>
        <h2>{props.title}</h2>
        <ul class="friend-list">
          <For each={people.latest?.items}>
            {(user) => (
              <li class="friend">
                <a class="friend-who" href={links.profile(user.handle)}>
                  <Avatar user={user} />
                  <strong class="ellipsis">{user.displayName}</strong>
                </a>
                <button
                  type="button"
                  class="chip"
                  aria-label={`${props.undo} ${user.displayName}`}
                  onClick={() =>
                    void attempt(() => api.setListed(user.handle, props.list, false)).then(() => refetch())
                  }
                >
                  {props.undo}
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
