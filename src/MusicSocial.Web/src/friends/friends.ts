import { type Accessor, createSignal } from 'solid-js';
import type { Account } from '../accounts/account';
import type { Player } from '../playback/player';
import { attempt } from '../shell/toasts';
import { silence } from '../timeline/timeline';
import type { Topics } from '../topics/topics';
import type { Api } from '../wire/api';
import type { Friend, NowPlaying, PlayingTrack, Track, User } from '../wire/contract';

export interface Friends {
  list: Accessor<readonly Friend[]>;
  loaded: Accessor<boolean>;
  isFriend(userId: string): boolean;
  follow(user: User): Promise<void>;
  unfollow(user: User): Promise<void>;
  /** Plays what a friend plays, at the same position, until stopped. */
  listenAlong(friend: Friend): void;
  reload(): Promise<void>;
}

/** Who hides what they play is asked again after so long, and when they follow back. */
const hiddenForMs = 60_000;

/** Followed live; further friends are shown as they were when the list was read. */
const liveFriends = 50;

/** A heard track this hub can play, as opposed to one another player only named. */
export function playable(heard: PlayingTrack | null | undefined): Track | undefined {
  if (!heard?.id || !heard.audioUrl) return undefined;
  const { id, audioUrl, coverUrl, durationMs } = heard;
  return { ...heard, id, audioUrl, coverUrl: coverUrl ?? '', durationMs: durationMs ?? 0 };
}

export function createFriends(needs: { api: Api; topics: Topics; player: Player; account: Account }): Friends {
  const { api, topics, player, account } = needs;
  const [list, setList] = createSignal<readonly Friend[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const following = new Map<string, () => void>();

  function heard(userId: string, nowPlaying: NowPlaying | null): void {
    setList((all) => all.map((friend) => (friend.user.id === userId ? { ...friend, nowPlaying } : friend)));
    const source = player.source();
    if (source.kind === 'along' && source.user.id === userId) along(source.user, nowPlaying);
  }

  function watch(friends: readonly Friend[]): void {
    const wanted = new Set(friends.slice(0, liveFriends).map((friend) => friend.user.id));
    for (const [id, stop] of following) {
      if (wanted.has(id)) continue;
      stop();
      following.delete(id);
    }
    for (const id of wanted) {
      if (following.has(id)) continue;
      const stop = topics.follow(`user:${id}`, {
        snapshot: (data) => heard(id, data as NowPlaying | null),
        event: (event) => event.type === 'nowPlaying' && heard(id, event.data as NowPlaying | null),
        // They may show it later: after following back, or another choice of theirs.
        refused: () => {
          following.delete(id);
          setTimeout(() => watch(list()), hiddenForMs);
        },
      });
      following.set(id, stop);
    }
  }

  async function reload(): Promise<void> {
    const answer = await attempt(() => api.friends());
    if (answer === undefined) return;
    const friends = answer.items;
    setList(friends);
    setLoaded(true);
    watch(friends);
  }

  function along(user: User, nowPlaying: NowPlaying | null): void {
    const track = playable(nowPlaying?.track);
    if (!nowPlaying || nowPlaying.state === 'stopped' || track === undefined) return player.stop();
    player.follow({ kind: 'along', user }, { timeline: nowPlaying.timeline ?? silence, track, queue: [] }, undefined);
  }

  account.onChange((user) => {
    setList([]);
    setLoaded(false);
    watch([]);
    if (user) void reload();
  });

  return {
    list,
    loaded,
    reload,
    isFriend: (userId) => list().some((friend) => friend.user.id === userId),
    follow: async (user) => {
      await attempt(() => api.follow(user.handle));
      await reload();
    },
    unfollow: async (user) => {
      await attempt(() => api.unfollow(user.handle));
      await reload();
    },
    listenAlong: (friend) => along(friend.user, friend.nowPlaying ?? null),
  };
}
