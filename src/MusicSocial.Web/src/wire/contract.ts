// The shapes of docs/protocol.md, version 1. Times are hub-time milliseconds, positions and durations milliseconds.
// Records are generated from the server's (records.ts); these are their combinations and what clients send.

import type { Comment, PlaybackState, ReportNotice, RoomSettings, User, WordRule } from './records.ts';

export type * from './records.ts';

export type CommentOrder = 'newest' | 'oldest' | 'position' | 'hot';

/** What `ChangeRoom` takes: what is absent stays as it is; an empty password removes it. */
export type RoomSettingsChange = Partial<Omit<RoomSettings, 'passwordProtected' | 'chatPausedUntilMs'>> & {
  password?: string;
  wordRules?: WordRule[];
};

interface NoticeOf<Type extends string, Data> {
  id: string;
  type: Type;
  data: Data;
  atMs: number;
  read: boolean;
}

/** Something that concerns one user. */
export type Notice =
  | NoticeOf<'mention' | 'reply', Comment>
  | NoticeOf<'follower', { user: User }>
  | NoticeOf<'report', ReportNotice>
  | NoticeOf<'invitation', { room: { id: string; code: string; name: string }; from: User }>;

export interface Inbox {
  items: Notice[];
  unread: number;
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
