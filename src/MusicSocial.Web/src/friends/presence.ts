import { positionAt } from '../timeline/timeline';
import type { NowPlaying } from '../wire/contract';

export type Presence = 'live' | 'paused' | 'stale' | 'away';

/** How current a friend's playback is: the hub marks it stale when reports stop, and the timeline says when the song is over. */
export function presenceOf(nowPlaying: NowPlaying | null | undefined, nowMs: number): Presence {
  if (!nowPlaying || nowPlaying.state === 'stopped') return 'away';
  if (nowPlaying.state === 'paused') return 'paused';
  const timeline = nowPlaying.timeline;
  const over = timeline && timeline.durationMs > 0 && positionAt(timeline, nowMs) >= timeline.durationMs;
  return over || nowPlaying.stale ? 'stale' : 'live';
}

/** Those with music first, then by name. */
export function byPresence<T extends { user: { displayName: string }; nowPlaying?: NowPlaying | null }>(
  friends: readonly T[],
  nowMs: number,
): T[] {
  const rank: Record<Presence, number> = { live: 0, paused: 1, stale: 2, away: 3 };
  const of = (friend: T) => rank[presenceOf(friend.nowPlaying, nowMs)];
  return [...friends].sort((a, b) => of(a) - of(b) || a.user.displayName.localeCompare(b.user.displayName));
}
