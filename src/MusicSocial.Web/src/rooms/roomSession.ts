import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import type { Account } from '../accounts/account';
import type { Player, Remote, Shared } from '../playback/player';
import { attempt } from '../shell/toasts';
import { silence, upcoming } from '../timeline/timeline';
import { type RoomView, roomEvent, roomSnapshot } from '../topics/room';
import type { Topics } from '../topics/topics';
import type { Api } from '../wire/api';
import type { QueueItem, Room, Timeline, Track } from '../wire/contract';
import type { Hub } from '../wire/hub';
import { isRefusal, type Refusal } from '../wire/refusal';
import { type Permissions, permissionsOf } from './permissions';

export interface RoomSession {
  view: Accessor<RoomView | undefined>;
  room: Accessor<Room | undefined>;
  permissions: Accessor<Permissions | undefined>;
  /** Why the room cannot be entered, or no longer. */
  refusal: Accessor<Refusal | undefined>;
  /** Emoji with how often they were sent in the last tick. */
  reactions: Accessor<Record<string, number>>;
  /** What comes after the current track. */
  upcoming: Accessor<readonly QueueItem[]>;
  /** The room one left last, to go back to. */
  left: Accessor<Room | undefined>;
  /** Whether that room has been closed for good. */
  closed: Accessor<boolean>;
  join(room: Pick<Room, 'id'>, password?: string): void;
  /** Joins a room that does not show itself without its password. */
  joinByCode(idOrCode: string, password: string): void;
  leave(): void;
  /** Runs a room command and shows its refusal. */
  command(run: (hub: Hub, roomId: string) => Promise<unknown>): Promise<void>;
  /** Tracks seen in this room, by id: the timeline names only an id. */
  trackOf(id: string | null | undefined): Track | undefined;
}

interface Needs {
  api: Api;
  hub: Hub;
  topics: Topics;
  player: Player;
  account: Account;
}

export function createRoomSession({ api, hub, topics, player, account }: Needs): RoomSession {
  const [view, setView] = createSignal<RoomView | undefined>();
  const [refusal, setRefusal] = createSignal<Refusal | undefined>();
  const [reactions, setReactions] = createSignal<Record<string, number>>({});
  const [tracks, setTracks] = createSignal<ReadonlyMap<string, Track>>(new Map());
  const [left, setLeft] = createSignal<Room | undefined>();
  const [closed, setClosed] = createSignal(false);
  let unfollow = () => {};
  let asked: string | undefined;

  const room = () => view()?.room;
  const permissions = createMemo(() => {
    const current = room();
    return current && permissionsOf(current, account.user()?.id);
  });
  const trackOf = (id: string | null | undefined) => (id ? tracks().get(id) : undefined);

  function show(next: RoomView): void {
    batch(() => {
      const known = new Map(tracks());
      for (const item of next.room.queue) known.set(item.track.id, item.track);
      if (known.size !== tracks().size) setTracks(known);
      setView(next);
      if (next.closed) {
        leave();
        setClosed(true);
        return;
      }
      present(next.room);
    });
  }

  /** Hands the room's line to the player; a track nobody here has met yet is asked for first. */
  function present(current: Room): void {
    const track = trackOf(current.timeline.trackId);
    if (current.timeline.trackId && track === undefined) void meet(current.timeline.trackId);
    const shared: Shared = { timeline: track ? current.timeline : silence, track, queue: current.queue };
    player.follow(
      { kind: 'room', roomId: current.id, code: current.code, name: current.name },
      shared,
      remote(current.timeline),
    );
  }

  async function meet(trackId: string): Promise<void> {
    if (asked === trackId) return;
    asked = trackId;
    const track = await attempt(() => api.track(trackId));
    asked = undefined;
    if (track === undefined) return;
    setTracks(new Map(tracks()).set(track.id, track));
    const current = room();
    if (current) present(current);
  }

  const remote = (timeline: Timeline): Remote => ({
    play: () => void command((h, id) => h.play(id)),
    pause: () => void command((h, id) => h.pause(id)),
    seek: (positionMs) => void command((h, id) => h.seek(id, Math.max(0, Math.round(positionMs)))),
    next: () => timeline.itemId && void command((h, id) => h.skip(id, timeline.itemId as string)),
    previous: () => void command((h, id) => h.previous(id)),
  });

  async function command(run: (hub: Hub, roomId: string) => Promise<unknown>): Promise<void> {
    const current = room();
    if (current) await attempt(() => run(hub, current.id));
  }

  function join(next: Pick<Room, 'id'>, password?: string): void {
    if (room()?.id === next.id && refusal() === undefined) return;
    if (room()) leave();
    setRefusal(undefined);
    const topic = `room:${next.id}`;
    let joined = false;
    unfollow = topics.follow(
      topic,
      {
        snapshot: (data) => data !== null && show(roomSnapshot(view(), data as Room)),
        event: (event) => {
          const current = view();
          if (current) show(roomEvent(current, event));
        },
        refused: (why) => {
          leave();
          setRefusal(why);
        },
      },
      (type, data) => {
        if (type === 'reactions') setReactions(data as Record<string, number>);
        if (type === 'listeners') listenersAre((data as { listeners?: number }).listeners);
      },
      async (since) => {
        if (since !== null && joined) return hub.follow(topic, since);
        const answer = await hub.joinRoom(next.id, password ?? null);
        joined = true;
        return answer;
      },
    );
  }

  function listenersAre(listeners: number | undefined): void {
    const current = view();
    if (current && listeners !== undefined) setView({ ...current, room: { ...current.room, listeners } });
  }

  function leave(): void {
    const current = room();
    unfollow();
    unfollow = () => {};
    if (current === undefined) return;
    hub.leaveRoom(current.id).catch(() => {});
    setLeft(current);
    setClosed(false);
    setView(undefined);
    if (player.source().kind === 'room') player.stop();
  }

  async function joinByCode(idOrCode: string, password: string): Promise<void> {
    setRefusal(undefined);
    try {
      const answer = await hub.joinRoom(idOrCode, password);
      join({ id: answer.topic.slice('room:'.length) }, password);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setRefusal(error);
    }
  }

  return {
    view,
    room,
    permissions,
    refusal,
    reactions,
    left,
    closed,
    upcoming: () => {
      const current = room();
      return current ? upcoming(current.timeline, current.queue) : [];
    },
    join,
    joinByCode: (idOrCode, password) => void joinByCode(idOrCode, password),
    leave,
    command,
    trackOf,
  };
}
