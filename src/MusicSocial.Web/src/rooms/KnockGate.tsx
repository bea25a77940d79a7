import { createSignal, type JSX, Match, onCleanup, Switch } from 'solid-js';
import { useApp } from '../shell/app';
import { attempt } from '../shell/toasts';
import type { KnockDecision, Room } from '../wire/contract';

/** Before a room that is entered by knocking: asks, waits, and goes in when the host says yes. */
export function KnockGate(props: { room: Pick<Room, 'id'>; code: string; onAdmitted: () => void }): JSX.Element {
  const { account, connection, inbox } = useApp();
  const [state, setState] = createSignal<'outside' | 'waiting' | 'refused'>('outside');
  onCleanup(
    inbox.listen((event) => {
      if (event.type !== 'knock.answered') return;
      const { roomId, userId, allowed } = event.data as KnockDecision;
      if (roomId !== props.room.id || userId !== account.user()?.id) return;
      if (allowed) props.onAdmitted();
      else setState('refused');
    }),
  );
  async function knock(): Promise<void> {
    const answer = await attempt(() => connection.hub.knock(props.code));
    if (answer) setState('waiting');
  }
  return (
    <div class="welcome-card" aria-live="polite">
      <Switch
        fallback={
          <>
            <p>The host of this room lets people in one by one.</p>
            <button type="button" class="button primary big" onClick={() => void knock()}>
              Knock
            </button>
          </>
        }
      >
        <Match when={state() === 'waiting'}>
          <p>You knocked. This page goes in as soon as the host lets you.</p>
        </Match>
        <Match when={state() === 'refused'}>
          <p>The host did not let you in. You may knock again later.</p>
          <a class="button" href="/">
            Find another room
          </a>
        </Match>
      </Switch>
    </div>
  );
}
