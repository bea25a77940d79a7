import { describe, expect, it } from 'vitest';
import type { Comment, Notice, NowPlaying } from '../wire/contract';
import { linkOf, sentenceOf } from './notices';
import { byPresence, presenceOf } from './presence';

const now = 1_000_000;
const heard = (over: Partial<NowPlaying> = {}) =>
  ({
    state: 'playing',
    reportedAtMs: now - 5_000,
    timeline: { anchorMs: 0, anchoredAtMs: now - 5_000, rate: 1, durationMs: 200_000 },
    ...over,
  }) as NowPlaying;

describe('a friend’s music', () => {
  it('is live, paused, stale or away', () => {
    expect(presenceOf(heard(), now)).toBe('live');
    expect(presenceOf(heard({ state: 'paused' }), now)).toBe('paused');
    expect(presenceOf(heard({ stale: true }), now)).toBe('stale');
    expect(presenceOf(heard({ state: 'stopped' }), now)).toBe('away');
    expect(presenceOf(null, now)).toBe('away');
  });

  it('is stale once the song must be over', () => {
    expect(presenceOf(heard(), now + 196_000)).toBe('stale');
  });

  it('puts those who listen first', () => {
    const friend = (displayName: string, nowPlaying: NowPlaying | null) => ({ user: { displayName }, nowPlaying });
    const sorted = byPresence(
      [friend('Zoe', null), friend('Bob', heard({ state: 'paused' })), friend('Ann', null), friend('Yan', heard())],
      now,
    );
    expect(sorted.map((f) => f.user.displayName)).toEqual(['Yan', 'Bob', 'Ann', 'Zoe']);
  });
});

describe('notices', () => {
  const from = { id: 'u', handle: 'ann', displayName: 'Ann', guest: false };
  const about = { id: '1', atMs: 0, read: false };

  it('lead to what they are about', () => {
    const room = { id: 'r', code: 'TUNE', name: 'Kitchen' };
    const invitation: Notice = { ...about, type: 'invitation', data: { room, from } };
    expect(sentenceOf(invitation)).toBe('Ann invites you to Kitchen');
    expect(linkOf(invitation)).toBe('/room/TUNE');
    expect(linkOf({ ...about, type: 'follower', data: { user: from } })).toBe('/u/ann');
    const reply = { author: from, text: 'indeed', trackId: 't1' } as Comment;
    expect(sentenceOf({ ...about, type: 'reply', data: reply })).toBe('Ann replied: “indeed”');
    expect(linkOf({ ...about, type: 'reply', data: reply })).toBe('/song/t1');
  });
});
