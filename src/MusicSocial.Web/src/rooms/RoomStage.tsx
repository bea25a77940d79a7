import { createMemo, createSignal, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js';
import { Cover } from '../catalog/Cover';
import { Bubbles } from '../comments/Bubbles';
import { CommentsPanel } from '../comments/CommentsPanel';
import { createPinned } from '../comments/pinned';
import { createThread } from '../comments/thread';
import { FriendsRail } from '../friends/FriendsRail';
import { LyricsOrNot } from '../lyrics/LyricsOrNot';
import { createLyrics } from '../lyrics/lyricsOf';
import { seekOrPreview } from '../playback/seekOrPreview';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links, navigate } from '../shell/router';
import { Sheet } from '../shell/Sheet';
import { Tabs } from '../shell/Tabs';
import { EmptyRoom } from './EmptyRoom';
import { InviteDialog } from './InviteDialog';
import { KnockNotice } from './KnockNotice';
import { MembersPanel } from './MembersPanel';
import { QueuePanel } from './QueuePanel';
import { Reactions } from './Reactions';
import { RoomChat } from './RoomChat';
import { WaitingNotice } from './WaitingNotice';

const RunRoom = lazy(() => import('./RunRoom').then((m) => ({ default: m.RunRoom })));

type Tab = 'chat' | 'comments' | 'queue' | 'people';

/** The inside of a room. */
export function RoomStage(): JSX.Element {
  const { api, player, room } = useApp();
  const [tab, setTab] = createSignal<Tab>('chat');
  const [dialog, setDialog] = createSignal<'invite' | 'run'>();
  const track = () => (player.source().kind === 'room' ? player.track() : undefined);
  const trackId = createMemo(() => track()?.id);
  const thread = createThread(trackId);
  /** The room's queue may have been read before lyrics for the song were written. */
  const hasLyrics = async (id: string) => track()?.hasLyrics === true || (await api.track(id)).hasLyrics;
  const lyrics = createLyrics(trackId, hasLyrics, thread.lyricsChanged);
  const position = () => (track() ? player.positionMs() : undefined);
  const pinned = createPinned(trackId, position, thread.latest);
  const goTo = (positionMs: number) => seekOrPreview(player, room.permissions()?.control === true, positionMs);

  const tabs = (): readonly [Tab, string][] => [
    ['chat', 'Chat'],
    ['comments', thread.total() > 0 ? `Comments ${thread.total()}` : 'Comments'],
    ['queue', `Queue ${room.upcoming().length || ''}`],
    ['people', `People ${room.room()?.listeners ?? ''}`],
  ];

  return (
    <div class="stage">
      <FriendsRail />
      <section class="centre" aria-label="Room">
        <WaitingNotice />
        <Show when={room.permissions()?.control}>
          <KnockNotice />
        </Show>
        <RoomHead onInvite={() => setDialog('invite')} onRun={() => setDialog('run')} />
        <Show when={track()} fallback={<EmptyRoom onQueue={() => setTab('queue')} />}>
          {(song) => <LyricsOrNot track={song()} lyrics={lyrics} positionMs={player.positionMs} onLine={goTo} />}
        </Show>
        <Bubbles comments={pinned()} latest={thread.latest()} positionMs={position} />
        <Reactions />
      </section>
      <Sheet label="Talk and queue">
        <Tabs label="Room" tabs={tabs()} current={tab()} onChoose={setTab} />
        <Switch>
          <Match when={tab() === 'chat'}>
            <RoomChat />
          </Match>
          <Match when={tab() === 'comments' && trackId()} keyed>
            {(id) => (
              <CommentsPanel
                thread={thread}
                trackId={id}
                roomId={room.room()?.id}
                positionMs={position}
                onSeek={goTo}
              />
            )}
          </Match>
          <Match when={tab() === 'comments'}>
            <p class="blank">Comments belong to a song: play one first.</p>
          </Match>
          <Match when={tab() === 'queue'}>
            <QueuePanel />
          </Match>
          <Match when={tab() === 'people'}>
            <MembersPanel />
          </Match>
        </Switch>
      </Sheet>
      <Show when={dialog() === 'invite'}>
        <InviteDialog onClose={() => setDialog(undefined)} />
      </Show>
      <Show when={dialog() === 'run'}>
        <Suspense>
          <RunRoom onClose={() => setDialog(undefined)} />
        </Suspense>
      </Show>
    </div>
  );
}

function RoomHead(props: { onInvite: () => void; onRun: () => void }): JSX.Element {
  const { player, room } = useApp();
  const host = () => room.room()?.members.find((member) => member.user.id === room.room()?.hostId)?.user;
  return (
    <header class="stage-head">
      <Show when={player.track()}>
        {(track) => (
          <a href={links.song(track().id)} aria-label={`Open ${track().title}`}>
            <Cover track={track()} eager />
          </a>
        )}
      </Show>
      <div class="grow">
        <p class="dim small ellipsis room-line">
          {room.room()?.name}
          <Show when={host()}>{(user) => <> · hosted by {user().displayName}</>}</Show>
        </p>
        <h1 class="ellipsis">{player.track()?.title ?? room.room()?.name}</h1>
        <p class="dim ellipsis">{player.track()?.artist ?? 'Nothing playing yet'}</p>
      </div>
      <button type="button" class="button" aria-label="Invite" onClick={() => props.onInvite()}>
        <Icon name="link" /> <span>Invite</span>
      </button>
      <Show when={room.permissions()?.control || room.permissions()?.opened}>
        <button
          type="button"
          class="icon-button"
          aria-label="Run this room"
          title="Run this room"
          onClick={() => props.onRun()}
        >
          <Icon name="settings" size={20} />
        </button>
      </Show>
      <button
        type="button"
        class="icon-button"
        aria-label="Leave the room"
        title="Leave the room"
        onClick={() => {
          room.leave();
          navigate(links.home);
        }}
      >
        <Icon name="door" size={20} />
      </button>
    </header>
  );
}
