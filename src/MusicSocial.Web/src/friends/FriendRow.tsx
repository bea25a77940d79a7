import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { Cover } from '../catalog/Cover';
import { Bars } from '../rooms/RoomDirectory';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import { clockText } from '../shell/time';
import { positionAt } from '../timeline/timeline';
import type { Friend } from '../wire/contract';
import { playable } from './friends';
import { presenceOf } from './presence';

/** A friend, what they play, and the button to join or listen along. */
export function FriendRow(props: { friend: Friend }): JSX.Element {
  const { clock, friends, player, room } = useApp();
  const [now, setNow] = createSignal(clock.now());
  onMount(() => {
    const id = setInterval(() => setNow(clock.now()), 1_000);
    onCleanup(() => clearInterval(id));
  });
  const heard = () => props.friend.nowPlaying ?? undefined;
  const presence = () => presenceOf(heard(), now());
  const when = () => {
    const timeline = heard()?.timeline;
    if (presence() === 'paused') return 'paused';
    if (presence() === 'stale') return 'a while ago';
    return timeline ? clockText(positionAt(timeline, now())) : '';
  };
  const withThem = () => {
    const source = player.source();
    const roomId = heard()?.roomId;
    return (
      (source.kind === 'along' && source.user.id === props.friend.user.id) ||
      (roomId != null && room.room()?.id === roomId)
    );
  };

  return (
    <li class="friend" data-presence={presence()}>
      <a href={links.profile(props.friend.user.handle)} class="friend-who">
        <Avatar user={props.friend.user} />
        <span class="grow">
          <strong class="ellipsis">{props.friend.user.displayName}</strong>
          <Show when={heard() && presence() !== 'away'} fallback={<span class="dim small">Not listening</span>}>
            <span class="dim small row">
              <Show when={presence() === 'live'}>
                <Bars />
              </Show>
              <span class="ellipsis">{heard()?.track?.title}</span>
              <span class="num">{when()}</span>
            </span>
          </Show>
        </span>
      </a>
      <Show when={presence() !== 'away' && heard()}>{(playing) => <Cover track={playing().track} />}</Show>
      <Show when={presence() === 'live' && !withThem()}>
        <Show
          when={heard()?.roomId && heard()?.joinable}
          fallback={
            <Show when={playable(heard()?.track)}>
              <button
                type="button"
                class="chip"
                aria-label={`Listen along with ${props.friend.user.displayName}`}
                onClick={() => {
                  room.leave();
                  friends.listenAlong(props.friend);
                }}
              >
                Listen along
              </button>
            </Show>
          }
        >
          <a class="chip" href={links.room(heard()?.roomId ?? '')} aria-label={`Join ${props.friend.user.displayName}`}>
            Join
          </a>
        </Show>
      </Show>
      <Show when={withThem()}>
        <span class="chip time">Together</span>
      </Show>
    </li>
  );
}
