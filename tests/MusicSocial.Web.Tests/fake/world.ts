// A small faked world behind the wire contract, for states that a real hub rarely reaches.
import type {
  Comment,
  CueSheet,
  Friend,
  Room,
  Track,
  User,
} from '../../../src/MusicSocial.Web/src/wire/contract.ts';

export const now = () => performance.timeOrigin + performance.now();

export const user = (id: string, displayName: string): User => ({ id, handle: id, displayName, guest: false });
export const me = user('maya', 'Maya Lindqvist');
export const people = [
  user('tomas', 'Tomás Rivera'),
  user('aiko', 'Aiko Tanaka'),
  user('noor', 'Noor Haddad'),
  user('ben', 'Ben Okafor'),
  user('lena', 'Lena Vogt'),
];
const person = (index: number) => people[index % people.length] as User;

const track = (id: string, title: string, artist: string, hasLyrics = true): Track => ({
  id,
  title,
  artist,
  album: 'Songs everyone owns',
  durationMs: 96_000,
  hasLyrics,
  coverUrl: `/api/tracks/${id}/cover`,
  audioUrl: `/api/tracks/${id}/audio`,
});

export const tracks: Track[] = [
  track('grace', 'Amazing Grace', 'John Newton'),
  track('sakura', 'さくらさくら', 'Traditional', false),
  track('lamma', 'لما بدا يتثنى', 'Traditional'),
  track('prelude', 'Prelude in C, BWV 846', 'J. S. Bach'),
  track('freude', 'An die Freude', 'Beethoven · Schiller', false),
  track('kalinka', 'Калинка', 'Ivan Larionov', false),
  track('boat', 'Row, Row, Row Your Boat', 'Traditional'),
  track('swing', 'Swing Low, Sweet Chariot', 'Wallis Willis', false),
];
export const trackOf = (id: string) => tracks.find((candidate) => candidate.id === id);

const verses = [
  'Amazing grace how sweet the sound',
  'That saved a wretch like me',
  'I once was lost but now am found',
  'Was blind but now I see',
  'Twas grace that taught my heart to fear',
  'And grace my fears relieved',
  'How precious did that grace appear',
  'The hour I first believed',
];

const brought = { source: 'file', revision: 0, offsetMs: 0 } as const;

function wordSynced(trackId: string): CueSheet {
  const lines = verses.map((text, index) => {
    const startMs = 6_000 + index * 8_000 + (index > 3 ? 6_000 : 0);
    const parts = text.match(/\S+\s*/g) ?? [];
    const each = 6_800 / parts.length;
    const words = parts.map((part, n) => ({ startMs: startMs + n * each, endMs: startMs + (n + 1) * each, text: part }));
    const translations = index === 0 ? { en: 'for those who read it in other words' } : undefined;
    return { index, startMs, endMs: startMs + 7_600, text, words, translations };
  });
  return { trackId, language: 'enm', synced: true, wordSynced: true, lines, ...brought };
}

export function sheetOf(trackId: string): CueSheet | undefined {
  if (trackId === 'grace') return wordSynced(trackId);
  if (trackId === 'lamma') {
    const texts = ['لما بدا يتثنى', 'حبي جماله فتنا', 'أومى بلحظه أسرنا', 'غصن ثنى حين مال'];
    const lines = texts.map((text, index) => ({ index, startMs: 1_000 + index * 7_000, text, words: [] }));
    return { trackId, language: 'ar', synced: true, wordSynced: false, lines, ...brought };
  }
  if (trackId === 'boat') {
    const lines = ['Row, row, row your boat', 'Gently down the stream', 'Merrily, merrily, merrily, merrily', 'Life is but a dream'].map(
      (text, index) => ({ index, text, words: [] }),
    );
    return { trackId, language: 'en', synced: false, wordSynced: false, lines, ...brought };
  }
  if (trackId === 'prelude') return { trackId, synced: true, wordSynced: false, lines: [{ index: 0, startMs: 0, text: '', words: [] }], ...brought };
  return undefined;
}

const said = [
  'that first note always gets me',
  'the organ coming in here, wow',
  'goosebumps. every time.',
  'my grandmother used to sing this while baking',
  'does anyone know which church this melody is from?',
  'turn it UP',
  'listening from Lisbon, hello everyone 👋',
  'the harmony on “found” is doing something to my heart',
  'こんばんは、東京から聴いています',
];

export function commentsOf(trackId: string): Comment[] {
  if (trackId === 'freude') return [];
  return said.map((text, index) => ({
    id: `c${index}`,
    trackId,
    author: person(index),
    text,
    positionMs: index === 4 ? null : 5_000 + ((index * 17_321) % 84_000),
    parentId: index === 3 ? 'c4' : null,
    createdAtMs: now() - index * 240_000 - 20_000,
    editedAtMs: null,
    deleted: false,
    likes: (index * 5) % 13,
    likedByMe: index === 2,
  }));
}

export function roomOf(over: Partial<Room> = {}): Room {
  const [first, ...rest] = tracks as [Track, ...Track[]];
  return {
    id: 'r1',
    code: 'TUNE42',
    name: 'Sunday morning',
    visibility: 'public',
    hostId: me.id,
    openerId: me.id,
    revision: 7,
    timeline: { trackId: first.id, itemId: 'q1', anchorMs: 14_000, anchoredAtMs: now(), rate: 1, durationMs: first.durationMs },
    queue: rest.slice(0, 3).map((queued, index) => ({ itemId: `q${index + 2}`, track: queued, addedBy: person(index) })),
    members: [
      { user: me, role: 'host', connected: true },
      { user: person(0), role: 'dj', connected: true },
      { user: person(1), role: 'listener', connected: true },
      { user: person(2), role: 'listener', connected: false },
    ],
    listeners: 14,
    current: { itemId: 'q1', track: first, addedBy: me },
    chat: [
      { id: 'x1', author: person(1), text: 'good morning all', clientKey: 'k1', atMs: now() - 95_000 },
      { id: 'x2', author: person(0), text: 'coffee is ready ☕ who queued Bach?', clientKey: 'k2', atMs: now() - 30_000 },
    ],
    settings: {
      name: 'Sunday morning',
      visibility: 'public',
      allowListenerQueue: true,
      queueShare: 50,
      fairQueue: false,
      voteSkip: true,
      voteSkipShare: 0.5,
      slowModeMs: 0,
      linksAfterMs: 0,
      chatEnabled: true,
      passwordProtected: false,
      accountsOnly: false,
      followersOnly: false,
      knock: false,
      waitForAll: false,
      waitLimitMs: 5_000,
    },
    ...over,
  };
}

export function friendsOf(): Friend[] {
  const heard = (who: User, trackId: string, over: object) => ({
    user: who,
    nowPlaying: {
      user: who,
      state: 'playing' as const,
      track: trackOf(trackId) as Track,
      timeline: { trackId, itemId: null, anchorMs: 21_000, anchoredAtMs: now(), rate: 1, durationMs: 96_000 },
      source: 'web' as const,
      reportedAtMs: now(),
      stale: false,
      roomId: null,
      joinable: false,
      ...over,
    },
  });
  return [
    heard(person(0), 'grace', { roomId: 'r1', joinable: true }),
    heard(person(1), 'lamma', {}),
    heard(person(2), 'kalinka', { state: 'paused' }),
    { user: person(3) },
    { user: person(4) },
  ];
}
