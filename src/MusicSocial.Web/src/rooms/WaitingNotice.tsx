import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { Readiness } from './readiness';

const lookMs = 100;

/** Whom the start of a track waits for, and the way to start without them. */
export function WaitingNotice(): JSX.Element {
  const { account, clock, player, room, connection } = useApp();
  const readiness = new Readiness(connection.hub, player);
  const [names, setNames] = createSignal('');
  const look = () => {
    const here = room.room();
    readiness.check(here, account.user()?.id);
    const waits = here?.waiting && clock.ready && clock.now() < here.timeline.anchoredAtMs;
    const awaited = waits ? here.members.filter((member) => here.waiting?.userIds.includes(member.user.id)) : [];
    setNames(awaited.map((member) => member.user.displayName).join(', '));
  };
  onMount(() => {
    const id = setInterval(look, lookMs);
    onCleanup(() => clearInterval(id));
  });
  const startNow = () => {
    const itemId = room.room()?.timeline.itemId;
    if (itemId) void room.command((hub, id) => hub.startNow(id, itemId));
  };
  return (
    <Show when={names()}>
      <p class="row small" role="status">
        <span class="grow">Waiting for {names()}</span>
        <Show when={room.permissions()?.control}>
          <button type="button" class="button" onClick={startNow}>
            Start now
          </button>
        </Show>
      </p>
    </Show>
  );
}
