import { createEffect, createSignal, For, type JSX, on, onCleanup } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { useApp } from '../shell/app';
import { attempt } from '../shell/toasts';
import type { Knock } from '../wire/contract';
import { knocksAfter } from './knocks';

/** Who waits to be let in, for those who may let them. */
export function KnockNotice(): JSX.Element {
  const { api, clock, inbox, room } = useApp();
  const [waiting, setWaiting] = createSignal<readonly Knock[]>([]);
  const roomId = () => room.room()?.id;
  onCleanup(
    inbox.listen((event) => {
      const here = roomId();
      if (here !== undefined) setWaiting((knocks) => knocksAfter(knocks, here, event));
    }),
  );
  createEffect(
    on(
      () => (room.room()?.settings.knock ? roomId() : undefined),
      async (id) => {
        setWaiting([]);
        if (id === undefined) return;
        const page = await attempt(() => api.knocks(id));
        if (page && roomId() === id) setWaiting(page.items);
      },
    ),
  );
  const answer = (knock: Knock, allowed: boolean) => {
    setWaiting((knocks) => knocks.filter((other) => other !== knock));
    if (clock.now() < knock.untilMs) void room.command((hub, id) => hub.admit(id, knock.user.id, allowed));
  };
  return (
    <ul aria-label="Waiting to be let in" aria-live="polite">
      <For each={waiting()}>
        {(knock) => (
          <li class="friend">
            <span class="friend-who">
              <Avatar user={knock.user} />
              <span class="grow">
                <strong class="ellipsis">{knock.user.displayName}</strong>
                <span class="dim small">knocks{knock.user.guest ? ' · guest' : ''}</span>
              </span>
            </span>
            <button
              type="button"
              class="chip on"
              aria-label={`Let ${knock.user.displayName} in`}
              onClick={() => answer(knock, true)}
            >
              Let in
            </button>
            <button
              type="button"
              class="chip"
              aria-label={`Do not let ${knock.user.displayName} in`}
              onClick={() => answer(knock, false)}
            >
              Not now
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}
