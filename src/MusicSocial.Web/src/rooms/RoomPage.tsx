import { createEffect, createMemo, createResource, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links } from '../shell/router';
import type { Room } from '../wire/contract';
import { isRefusal, type Refusal } from '../wire/refusal';
import { JoinGate } from './JoinGate';
import { KnockGate } from './KnockGate';
import { RoomStage } from './RoomStage';
import './rooms.css';

/** The page behind a link to a room: the gate, the room, or why it cannot be entered. */
export function RoomPage(props: { code: string }): JSX.Element {
  const { api, account, room } = useApp();
  const [refusal, setRefusal] = createSignal<Refusal>();
  const [tried, setTried] = createSignal(false);
  const isThis = (other: Room | undefined) => other?.code === props.code || other?.id === props.code;
  const [found] = createResource(
    () => ({ code: props.code, reader: account.user()?.id }),
    async ({ code }): Promise<Room | undefined> => {
      const here = room.room();
      if (isThis(here)) return here;
      setRefusal(undefined);
      try {
        return await api.room(code);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        setRefusal(error);
        return undefined;
      }
    },
  );
  const isIn = () => isThis(room.room());
  const why = () => refusal() ?? room.refusal();
  const needsPassword = () => why()?.code === 'room.password';

  const isStranger = () =>
    account.user() === undefined && (found.latest !== undefined || why()?.code.startsWith('auth.') === true);

  // By ids: reading the same room again must not join again, which would forget a password that was asked for meanwhile.
  const foundId = createMemo(() => found.latest?.id);
  const userId = createMemo(() => account.user()?.id);
  createEffect(
    on([foundId, userId], ([id, user]) => {
      if (id && user && !isIn()) room.join({ id });
    }),
  );
  createEffect(() => {
    const name = room.room()?.name ?? found.latest?.name;
    document.title = name ? `${name} · MusicSocial` : 'MusicSocial';
  });

  return (
    <Switch fallback={<p class="blank coming">One moment…</p>}>
      <Match when={isIn()}>
        <RoomStage />
      </Match>
      <Match when={needsPassword() || isStranger()}>
        <JoinGate
          room={found.latest}
          code={props.code}
          askPassword={needsPassword()}
          refusal={why()}
          tried={tried()}
          onPassword={(password) => {
            setRefusal(undefined);
            setTried(true);
            if (found.latest) room.join(found.latest, password);
          }}
        />
      </Match>
      <Match when={why()?.code === 'room.knock' && found.latest}>
        {(outside) => (
          <div class="page gate">
            <Icon name="door" size={40} />
            <h1>{outside().name}</h1>
            <p class="dim">{outside().listeners} listening now. Everyone hears the same second.</p>
            <KnockGate
              room={outside()}
              code={props.code}
              onAdmitted={() => {
                setRefusal(undefined);
                room.join(outside());
              }}
            />
          </div>
        )}
      </Match>
      <Match when={why()}>{(reason) => <Closed refusal={reason()} />}</Match>
      <Match when={isThis(room.left())}>
        <Gone />
      </Match>
    </Switch>
  );
}

function Closed(props: { refusal: Refusal }): JSX.Element {
  return (
    <div class="page blank">
      <Icon name="door" size={36} />
      <h1>This door is closed</h1>
      <p>{props.refusal.message}</p>
      <a class="button primary" href={links.home}>
        Find another room
      </a>
    </div>
  );
}

function Gone(): JSX.Element {
  const { room } = useApp();
  return (
    <div class="page blank">
      <Icon name="door" size={36} />
      <h1>{room.closed() ? `${room.left()?.name} is closed` : `You left ${room.left()?.name}`}</h1>
      <p class="row wrap">
        <Show when={!room.closed() && room.left()}>
          {(left) => (
            <button type="button" class="button" onClick={() => room.join(left())}>
              Go back in
            </button>
          )}
        </Show>
        <a class="button primary" href={links.home}>
          Home
        </a>
      </p>
    </div>
  );
}
