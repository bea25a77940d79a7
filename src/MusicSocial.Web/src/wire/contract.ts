// The shapes of docs/protocol.md, version 1. Times are hub-time milliseconds, positions and durations milliseconds.

export interface User {
  id: string;
  handle: string;
  displayName: string;
  guest: boolean;
}

export interface Session {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  user: User;
}

export interface Track {
  id: string;
  title: string;
  artist: string;
  album?: string | null;
  durationMs: number;
  hasLyrics: boolean;
  coverUrl: string;
  audioUrl: string;
}

export interface Comment {
  id: string;
  trackId: string;
  roomId?: string | null;
  parentId?: string | null;
  author: User;
  text: string;
  positionMs?: number | null;
  createdAtMs: number;
  editedAtMs?: number | null;
  deleted: boolean;
  likes: number;
  likedByMe: boolean;
}

export type CommentOrder = 'newest' | 'oldest' | 'position' | 'hot';

/** How many comments are pinned to one second of a track. */
export interface CommentMoment {
  second: number;
  total: number;
}

export interface CueWord {
  startMs: number;
  endMs?: number | null;
  text: string;
}

export interface CueLine {
  index: number;
  startMs?: number | null;
  endMs?: number | null;
  text: string;
  role?: string | null;
  agent?: string | null;
  words: CueWord[];
  translations?: Record<string, string> | null;
  romanisations?: Record<string, string> | null;
}

export interface CueSheet {
  trackId: string;
  language?: string | null;
  synced: boolean;
  wordSynced: boolean;
  lines: CueLine[];
  /** The singers that lines refer to, by key. */
  agents?: Record<string, unknown> | null;
}

export interface Timeline {
  trackId?: string | null;
  itemId?: string | null;
  anchorMs: number;
  anchoredAtMs: number;
  rate: number;
  durationMs: number;
}

export type Role = 'host' | 'dj' | 'listener';
export type Visibility = 'public' | 'private';

export interface QueueItem {
  itemId: string;
  track: Track;
  addedBy: User;
}

export interface Member {
  user: User;
  role: Role;
  connected: boolean;
}

export interface RoomSettings {
  name: string;
  visibility: Visibility;
  allowListenerQueue: boolean;
  voteSkip: boolean;
  voteSkipShare: number;
  slowModeMs: number;
  chatEnabled: boolean;
  passwordProtected: boolean;
}

/** What `ChangeRoom` takes: what is absent stays as it is; an empty password removes it. */
export type RoomSettingsChange = Partial<Omit<RoomSettings, 'passwordProtected'>> & { password?: string };

export interface Room {
  id: string;
  code: string;
  name: string;
  visibility: Visibility;
  hostId: string;
  revision: number;
  timeline: Timeline;
  queue: QueueItem[];
  members: Member[];
  listeners: number;
  settings: RoomSettings;
  /** The item the timeline runs through. */
  current?: QueueItem | null;
  /** The last messages, oldest first; only for those who are in the room. */
  chat?: ChatLine[] | null;
}

/** How far the vote to skip an item is. */
export interface SkipVotes {
  itemId: string;
  votes: number;
  needed: number;
}

export interface ChatLine {
  id: string;
  author: User;
  text: string;
  atMs: number;
}

export type PlaybackState = 'playing' | 'paused' | 'stopped';

/** A track of the catalog, or only the names another player gave it. */
export interface HeardTrack {
  id?: string | null;
  title: string;
  artist: string;
  album?: string | null;
  durationMs?: number | null;
  hasLyrics: boolean;
  coverUrl?: string | null;
  audioUrl?: string | null;
}

export interface NowPlaying {
  user: User;
  state: PlaybackState;
  track?: HeardTrack | null;
  timeline?: Timeline | null;
  source?: string | null;
  reportedAtMs?: number | null;
  ageMs?: number | null;
  stale: boolean;
  roomId?: string | null;
  joinable: boolean;
}

export interface Friend {
  user: User;
  nowPlaying?: NowPlaying | null;
}

export interface Profile extends User {
  followers?: number;
  following?: number;
  followedByMe?: boolean;
  followsMe?: boolean;
}

export interface Listen {
  id: string;
  track: HeardTrack;
  startedAtMs: number;
}

interface NoticeOf<Type extends string, Data> {
  id: string;
  type: Type;
  data: Data;
  atMs: number;
  read: boolean;
}

/** Something that concerns one person. */
export type Notice =
  | NoticeOf<'mention' | 'reply', Comment>
  | NoticeOf<'follower', { user: User }>
  | NoticeOf<'invitation', { room: { id: string; code: string; name: string }; from: User }>;

export interface Inbox {
  items: Notice[];
  unread: number;
}

export type Audience = 'everyone' | 'followers' | 'nobody';

export interface Privacy {
  privateSession: boolean;
  audience: Audience;
}

export interface Page<T> {
  items: T[];
  next?: string | null;
  total?: number;
}

export interface TopicPosition {
  epoch: string;
  offset: number;
}

export interface TopicEvent {
  offset: number;
  type: string;
  atMs: number;
  data: unknown;
}

export interface FollowAnswer {
  topic: string;
  position: TopicPosition;
  recovered: boolean;
  events: TopicEvent[];
  snapshot?: unknown;
}

export interface Frame {
  topic: string;
  epoch: string;
  from: number;
  to: number;
  shown: number;
  total: number;
  events: TopicEvent[];
}

export interface Gap {
  topic: string;
  epoch: string;
  from: number;
  to: number;
}

export interface SignalBatch {
  topic: string;
  signals: { type: string; data: unknown }[];
}

export interface CommentDraft {
  trackId: string;
  text: string;
  clientKey: string;
  positionMs: number | null;
  parentId: string | null;
  roomId: string | null;
}

export interface PlaybackReport {
  trackId: string | null;
  artist: string | null;
  title: string | null;
  album: string | null;
  durationMs: number | null;
  positionMs: number;
  state: PlaybackState;
  rate: number | null;
  deviceId: string;
  /** Hub time at which the position was read. */
  atMs: number | null;
}
