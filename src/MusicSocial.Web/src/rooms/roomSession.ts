import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import type { Account } from '../accounts/account';
import type { Player, TransportControls } from '../playback/player';
import { attempt, notify, notifyRefusal } from '../shell/toasts';
import { itemsOf, silence, upcoming } from '../timeline/timeline';
import { type RoomView, roomEvent, roomSnapshot } from '../topics/room';
import type { Topics } from '../topics/topics';
import type { Api } from '../wire/api';
import type { QueueItem, Room, SkipVotes, Timeline } from '../wire/contract';
import type { Hub } from '../wire/hub';
import { isRefusal, Refusal } from '../wire/refusal';
import { entering } from './entering';
import { KnownTracks } from './knownTracks';
import { type Permissions, permissionsOf } from './permissions';

export interface RoomSession {
  view: Accessor<RoomView | undefined>;
  room: Accessor<Room | undefined>;
  permissions: Accessor<Permissions | undefined>;
  /** What comes after the current track. */
  upcoming: Accessor<readonly QueueItem[]>;
  /** How far the vote on the current track is, once there is a vote. */
  votes: Accessor<SkipVotes | undefined>;
  /** How often each emoji was sent in the last tick. */
  reactions: Accessor<Record<string, number>>;
  /** Why the room cannot be entered, or no longer. */
  refusal: Accessor<Refusal | undefined>;
  /** The room that was left last, to go back to. */
  left: Accessor<Room | undefined>;
  /** Whether that room was closed. */
  closed: Accessor<boolean>;
  join(room: Pick<Room, 'id'>, password?: string): void;
  leave(): void;
  /** Runs a room command and shows its refusal. */
  command(run: (hub: Hub, roomId: string) => Promise<unknown>): Promise<void>;
}

interface Needs {
  api: Api;
  hub: Hub;
  topics: Topics;
  player: Player;
  account: Account;
}

/** The room this page is in: its state, its music for the player, and its commands. */
export function createRoomSession({ api, hub, topics, player, account }: Needs): RoomSession {
  const [view, setView] = createSignal<RoomView | undefined>();
  const [refusal, setRefusal] = createSignal<Refusal | undefined>();
  const [reactions, setReactions] = createSignal<Record<string, number>>({});
  const [votes, setVotes] = createSignal<SkipVotes | undefined>();
  const [left, setLeft] = createSignal<Room | undefined>();
  const [closed, setClosed] = createSignal(false);
  const tracks = new KnownTracks((id) => attempt(() => api.track(id)));
  let unfollow = () => {};

  const room = () => view()?.room;
  const permissions = createMemo(() => {
    const current = room();
    return current && permissionsOf(current, account.user()?.id);
  });

  function show(next: RoomView): void {
    const before = room();
    if (before && before.hostId !== next.room.hostId) notifyNewHost(next.room);
    batch(() => {
      setView(next);
      if (next.closed) {
        leave();
        setClosed(true);
        return;
      }
      // Chat and members do not concern the music.
      const sameMusic = before?.timeline === next.room.timeline && before.queue === next.room.queue;
      if (!sameMusic) present(next.room);
    });
  }

  function notifyNewHost(next: Room): void {
    const host = next.members.find((member) => member.user.id === next.hostId)?.user;
    if (host) notify(host.id === account.user()?.id ? 'You are the host now.' : `${host.displayName} is the host now.`);
  }

  function notifyUnplayable(trackId: string): void {
    notify(`${tracks.of(trackId)?.title ?? 'A song'} cannot be played and was skipped.`);
  }

  /** Hands the room's timeline to the player; a track that this page does not know yet is read first. */
  function present(current: Room): void {
    tracks.meet(current);
    const { timeline } = current;
    const track = tracks.of(timeline.trackId);
    if (timeline.trackId && track === undefined) {
      tracks.ask(timeline.trackId).then(() => {
        const now = room();
        if (now !== undefined && now.timeline.trackId === timeline.trackId) present(now);
      });
    }
    const source = { kind: 'room' as const, roomId: current.id, code: current.code, name: current.name };
    player.follow(
      source,
      { timeline: track ? timeline : silence, track, queue: itemsOf(current) },
      controlsFor(timeline),
    );
  }

  const controlsFor = (timeline: Timeline): TransportControls => ({
    play: () => void command((h, id) => h.play(id)),
    pause: () => void command((h, id) => h.pause(id)),
    seek: (positionMs) => void command((h, id) => h.seek(id, Math.max(0, Math.round(positionMs)))),
    next: () => {
      const itemId = timeline.itemId;
      if (itemId) void command((h, id) => h.skip(id, itemId));
    },
    previous: () => void command((h, id) => h.previous(id)),
  });

  async function command(run: (hub: Hub, roomId: string) => Promise<unknown>): Promise<void> {
    const current = room();
    if (current) await attempt(() => run(hub, current.id));
  }

  function takeSignal(type: string, data: unknown): void {
    if (type === 'reactions') setReactions(data as Record<string, number>);
    if (type === 'votes') setVotes(data as SkipVotes);
    if (type === 'listeners') {
      const current = view();
      const { listeners } = data as { listeners: number };
      if (current) setView({ ...current, room: { ...current.room, listeners } });
    }
    if (type === 'kicked') {
      const { retryAfterMs } = data as { retryAfterMs?: number | null };
      turnedAway(
        retryAfterMs
          ? new Refusal('room.kicked', 'forbidden', 'You were removed from this room for a while.', retryAfterMs)
          : new Refusal('room.banned', 'forbidden', 'You were banned from this room.'),
      );
    }
  }

  function turnedAway(why: Refusal): void {
    leave();
    setRefusal(why);
  }

  function join(next: Pick<Room, 'id'>, password?: string): void {
    if (room()?.id === next.id) return;
    leave();
    setRefusal(undefined);
    unfollow = topics.follow(
      `room:${next.id}`,
      {
        snapshot: (data) => show(roomSnapshot(view(), data as Room)),
        event: (event) => {
          const current = view();
          if (event.type === 'unplayable') notifyUnplayable((event.data as { trackId: string }).trackId);
          if (current) show(roomEvent(current, event));
        },
        refused: turnedAway,
        delayed: notifyRefusal,
      },
      takeSignal,
      entering(hub, next.id, password),
    );
  }

  function leave(): void {
    const current = room();
    unfollow();
    unfollow = () => {};
    if (current === undefined) return;
    hub.leaveRoom(current.id).catch((error: unknown) => {
      // Without a connection there is no call to make: membership ends by itself.
      if (!isRefusal(error)) throw error;
    });
    batch(() => {
      setLeft(current);
      setClosed(false);
      setVotes(undefined);
      setView(undefined);
      if (player.source().kind === 'room') player.stop();
    });
  }

  return {
    view,
    room,
    permissions,
    votes: () => (votes()?.itemId === room()?.timeline.itemId ? votes() : undefined),
    reactions,
    refusal,
    left,
    closed,
    upcoming: createMemo(() => {
      const current = room();
      return current ? upcoming(current.timeline, current.queue) : [];
    }),
    join,
    leave,
    command,
  };
}
