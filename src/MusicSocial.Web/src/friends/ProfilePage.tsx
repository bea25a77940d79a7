import { createEffect, createResource, For, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { askToSignIn } from '../accounts/SignIn';
import { Cover } from '../catalog/Cover';
import { createPages } from '../catalog/pages';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links } from '../shell/router';
import { agoText } from '../shell/time';
import { attempt, notify } from '../shell/toasts';
import type { Profile } from '../wire/contract';
import { isRefusal } from '../wire/refusal';
import { FriendRow } from './FriendRow';
import { PersonMenu } from './PersonMenu';
import './friends.css';

export function ProfilePage(props: { handle: string }): JSX.Element {
  const { api, account } = useApp();
  const [profile, { refetch }] = createResource(
    () => account.user() && props.handle,
    (handle) =>
      api.user(handle).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        return null;
      }),
  );
  createEffect(() => {
    document.title = profile.latest ? `${profile.latest.displayName} · MusicSocial` : 'MusicSocial';
  });
  return (
    <div class="page narrow">
      <Switch>
        <Match when={account.user() === undefined}>
          <Stranger handle={props.handle} />
        </Match>
        <Match when={profile.latest === null}>
          <UnknownUser />
        </Match>
        <Match when={profile.latest}>{(user) => <Person user={user()} onFollow={() => void refetch()} />}</Match>
      </Switch>
    </div>
  );
}

const followersText = (count: number) => (count === 1 ? '1 follower' : `${count} followers`);

function Stranger(props: { handle: string }): JSX.Element {
  return (
    <div class="blank">
      <Icon name="friends" size={34} />
      <h1>@{props.handle}</h1>
      <p>Join in to see who this is and what they listen to.</p>
      <button type="button" class="button primary" onClick={() => askToSignIn()}>
        Join in
      </button>
    </div>
  );
}

function Person(props: { user: Profile; onFollow: () => void }): JSX.Element {
  const { api, account, clock, friends, room, connection } = useApp();
  const listens = createPages((cursor) => api.listens(props.user.handle, cursor));
  const [heard, { refetch }] = createResource(() => api.nowPlaying(props.user.handle).catch(() => null));
  const isMe = () => account.user()?.id === props.user.id;
  const followed = () => friends.isFriend(props.user.id);
  onMount(() => {
    void listens.restart();
    const id = setInterval(() => void refetch(), 10_000);
    onCleanup(() => clearInterval(id));
  });
  const toggle = () => {
    if (account.user() === undefined) return askToSignIn();
    void (followed() ? friends.unfollow(props.user) : friends.follow(props.user)).then(props.onFollow);
  };
  async function invite(): Promise<void> {
    const here = room.room();
    if (here === undefined) return;
    const done = await attempt(async () => {
      await connection.hub.inviteToRoom(here.id, props.user.id);
      return true;
    });
    if (done) notify(`${props.user.displayName} is invited to ${here.name}.`);
  }

  return (
    <>
      <header class="profile-head">
        <Avatar user={props.user} size="big" />
        <div class="grow">
          <h1 class="ellipsis">{props.user.displayName}</h1>
          <p class="dim">
            @{props.user.handle}
            {props.user.guest ? ' · guest' : ''}
            {typeof props.user.followers === 'number' ? ` · ${followersText(props.user.followers)}` : ''}
            {props.user.blocked ? ' · blocked by you' : props.user.muted ? ' · muted by you' : ''}
            {props.user.close ? ' · close friend' : ''}
          </p>
        </div>
        <Show when={!isMe()}>
          <div class="row wrap">
            <Show when={room.room()}>
              <button type="button" class="button" onClick={() => void invite()}>
                Invite to my room
              </button>
            </Show>
            <button
              type="button"
              class="button"
              disabled={props.user.blocked}
              classList={{ primary: !followed() }}
              aria-pressed={followed()}
              onClick={toggle}
            >
              {followed() ? 'Following' : 'Follow'}
            </button>
            <PersonMenu
              user={props.user}
              decided={{ block: props.user.blocked, mute: props.user.muted, 'circle/close': props.user.close }}
              report={{ kind: 'user', id: props.user.id }}
              onChange={() => {
                props.onFollow();
                void friends.reload();
              }}
            />
          </div>
        </Show>
      </header>
      <Show when={heard.latest}>
        {(nowPlaying) => (
          <ul class="friend-list section">
            <FriendRow friend={{ user: props.user, nowPlaying: nowPlaying() }} />
          </ul>
        )}
      </Show>
      <section class="section" aria-labelledby="listens-title">
        <div class="section-head">
          <h2 id="listens-title">Recently heard</h2>
        </div>
        <ul>
          <For each={listens.items()}>
            {(listen) => (
              <li>
                <a class="listen" href={listen.track.id ? links.song(listen.track.id) : undefined}>
                  <Cover track={listen.track} />
                  <span class="grow">
                    <strong class="ellipsis">{listen.track.title}</strong>
                    <span class="dim small ellipsis">{listen.track.artist}</span>
                  </span>
                  <span class="dim small">{agoText(listen.startedAtMs, clock.now())}</span>
                </a>
              </li>
            )}
          </For>
        </ul>
        <Show when={!listens.loading() && listens.items().length === 0}>
          <p class="dim">
            {isMe()
              ? 'A song counts once you heard half of it. Yours will be listed here.'
              : 'Nothing to see here yet.'}
          </p>
        </Show>
        <Show when={listens.more()}>
          <p class="more">
            <button type="button" class="button" onClick={() => void listens.loadMore()}>
              Earlier
            </button>
          </p>
        </Show>
      </section>
    </>
  );
}

function UnknownUser(): JSX.Element {
  return (
    <div class="blank">
      <Icon name="friends" size={34} />
      <h1>No one has this handle</h1>
      <a class="button primary" href={links.friends}>
        Friends
      </a>
    </div>
  );
}
