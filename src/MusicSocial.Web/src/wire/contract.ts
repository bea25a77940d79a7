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
}

export interface CueSheet {
  trackId: string;
  language?: string | null;
  synced: boolean;
  wordSynced: boolean;
  lines: CueLine[];
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
}

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
}

export interface ChatLine {
  id: string;
  author: User;
  text: string;
  atMs: number;
}

export type PlaybackState = 'playing' | 'paused' | 'stopped';

export interface NowPlaying {
  user: User;
  state: PlaybackState;
  track: Track;
  timeline?: Timeline | null;
  source: string;
  reportedAtMs: number;
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
}

export interface Listen {
  id?: string;
  track: Track;
  startedAtMs?: number;
  atMs?: number;
}

export interface Notice {
  id: string;
  type: 'mention' | 'reply' | 'follower' | 'invitation';
  atMs: number;
  from?: User | null;
  comment?: Comment | null;
  room?: { id: string; code: string; name: string } | null;
}

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
}
