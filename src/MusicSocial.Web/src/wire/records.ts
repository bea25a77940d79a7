// Written by a test from the server's records (TypeScriptRecords.cs); changes here are lost.

export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'wrongMethod'
  | 'conflict'
  | 'tooLarge'
  | 'wrongContentType'
  | 'unprocessable'
  | 'tooSoon'
  | 'rateLimited'
  | 'unavailable';

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
  recoveryCodes?: string[] | null;
  deletionCancelled?: boolean | null;
}

export interface SessionView {
  id: string;
  device?: string | null;
  createdAtMs: number;
  usedAtMs: number;
  current: boolean;
}

export interface RecoveryCodes {
  codes: string[];
}

export interface RecoveryCodesLeft {
  left: number;
  madeAtMs?: number | null;
}

export type CommentFate = 'delete' | 'keep';

export type SignUpMode = 'open' | 'invitation' | 'closed';

export interface SignUpView {
  mode: SignUpMode;
  guests: boolean;
}

export interface DeletionView {
  deletesAtMs: number;
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
  loudness?: number | null;
  peak?: number | null;
}

export type ChunksState = 'ready' | 'coming' | 'never';

export interface Chunks {
  state: ChunksState;
  chunkMs: number;
  prerollMs: number;
  count: number;
  durationMs: number;
  url: string;
  wholeUrl: string;
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

export interface LyricAgent {
  type: string;
  name: string;
}

export type LyricSource = 'people' | 'file' | 'tags' | 'server';

export interface CueSheet {
  trackId: string;
  language?: string | null;
  synced: boolean;
  wordSynced: boolean;
  lines: CueLine[];
  agents?: Record<string, LyricAgent> | null;
  source: LyricSource;
  revision: number;
  offsetMs: number;
  by?: User | null;
}

export interface LyricsChanged {
  trackId: string;
  revision: number;
  by?: User | null;
}

export interface LineEdit {
  startMs?: number | null;
  endMs?: number | null;
  text?: string | null;
  role?: string | null;
  agent?: string | null;
  words?: CueWord[] | null;
  translations?: Record<string, string> | null;
  romanisations?: Record<string, string> | null;
}

export interface SheetEdit {
  language?: string | null;
  lines?: LineEdit[] | null;
  agents?: Record<string, LyricAgent> | null;
  basedOn?: number | null;
}

export interface LyricShift {
  byMs: number;
  basedOn?: number | null;
}

export type RevisionKind = 'upload' | 'sheet' | 'shift' | 'revert';

export type LyricTiming = 'none' | 'lines' | 'words';

export interface LyricRevision {
  revision: number;
  by: User;
  atMs: number;
  kind: RevisionKind;
  from?: number | null;
  timing: LyricTiming;
  lines: number;
  offsetMs: number;
  reports: number;
  current: boolean;
}

export type ReportReason = 'wrongSong' | 'badTiming' | 'offensive' | 'spam' | 'other';

export interface LyricReportRequest {
  reason?: ReportReason | null;
  note?: string | null;
}

export interface LyricReport {
  revision: number;
  by: User;
  reason: ReportReason;
  note?: string | null;
  atMs: number;
}

export interface Timeline {
  trackId?: string | null;
  itemId?: string | null;
  anchorMs: number;
  anchoredAtMs: number;
  rate: number;
  durationMs: number;
}

export type Role = 'listener' | 'dj' | 'host';

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
  queueShare: number;
  fairQueue: boolean;
  voteSkip: boolean;
  voteSkipShare: number;
  slowModeMs: number;
  linksAfterMs: number;
  chatEnabled: boolean;
  passwordProtected: boolean;
  waitForAll: boolean;
  waitLimitMs: number;
  accountsOnly: boolean;
  followersOnly: boolean;
  knock: boolean;
  chatPausedUntilMs?: number | null;
}

export interface ChatMessage {
  id: string;
  author: User;
  text: string;
  clientKey: string;
  atMs: number;
}

export interface Waiting {
  userIds: string[];
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
  current?: QueueItem | null;
  chat?: ChatMessage[] | null;
  waiting?: Waiting | null;
  openerId: string;
}

export interface SkipVotes {
  itemId: string;
  votes: number;
  needed: number;
}

export interface Ban {
  user: User;
  untilMs?: number | null;
  network: boolean;
}

export type WordAction = 'mask' | 'refuse';

export interface WordRule {
  word?: string | null;
  action?: WordAction | null;
}

export interface KnockAnswer {
  roomId: string;
  untilMs: number;
}

export interface Knock {
  roomId: string;
  user: User;
  untilMs: number;
}

export interface KnockDecision {
  roomId: string;
  userId: string;
  allowed: boolean;
}

export type PlaybackState = 'stopped' | 'paused' | 'playing';

export type PlaybackSource = 'web' | 'room';

export interface PlayingTrack {
  id?: string | null;
  title: string;
  artist: string;
  album?: string | null;
  durationMs?: number | null;
  hasLyrics: boolean;
  coverUrl?: string | null;
  audioUrl?: string | null;
  loudness?: number | null;
  peak?: number | null;
}

export interface NowPlaying {
  user: User;
  state: PlaybackState;
  track?: PlayingTrack | null;
  timeline?: Timeline | null;
  source?: PlaybackSource | null;
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

export interface Profile {
  id: string;
  handle: string;
  displayName: string;
  guest: boolean;
  followers: number;
  following: number;
  followedByMe: boolean;
  followsMe: boolean;
  blocked: boolean;
  muted: boolean;
  close: boolean;
}

export interface Listen {
  id: string;
  track: PlayingTrack;
  startedAtMs: number;
}

export type Audience = 'everyone' | 'followers' | 'mutual' | 'close' | 'nobody';

export interface Privacy {
  privateSession: boolean;
  audience: Audience;
  history: Audience;
  connections: Audience;
  showPosition: boolean;
  showRoom: boolean;
  privateUntilMs?: number | null;
}

export type HubRole = 'member' | 'moderator' | 'operator';

export interface Myself {
  id: string;
  handle: string;
  displayName: string;
  guest: boolean;
  role: HubRole;
}

export type ReportState = 'open' | 'upheld' | 'dismissed';

export interface ReportView {
  id: string;
  state: ReportState;
  kind: string;
  subjectId: string;
  reason: string;
  atMs: number;
}

export interface ReportNotice {
  id: string;
  state: ReportState;
  kind: string;
  note?: string | null;
}

export interface ReportLine {
  by: User;
  reason: string;
  note?: string | null;
  atMs: number;
}

export interface ReportCase {
  id: string;
  kind: string;
  subjectId: string;
  state: ReportState;
  author?: User | null;
  excerpt?: string | null;
  reports: ReportLine[];
  reportCount: number;
  openedAtMs: number;
  decidedBy?: User | null;
  decidedAtMs?: number | null;
  note?: string | null;
}

export interface PersonRecord {
  user: User;
  role: HubRole;
  createdAtMs: number;
  seenAtMs?: number | null;
  suspendedUntilMs?: number | null;
  suspendedFor?: string | null;
}

export interface AuditEntry {
  id: string;
  atMs: number;
  by: User;
  action: string;
  subject: string;
  reason?: string | null;
}

export interface ResetCode {
  code: string;
  expiresAtMs: number;
}

export interface Invitation {
  id: string;
  code?: string | null;
  by?: User | null;
  note?: string | null;
  uses: number;
  used: number;
  createdAtMs: number;
  expiresAtMs?: number | null;
  revokedAtMs?: number | null;
}

export interface SkippedFile {
  path: string;
  reason: string;
}

export interface ScanStatus {
  running: boolean;
  found: number;
  read: number;
  skipped: SkippedFile[];
}

/** Kinds of refusals that are about the moment and not about the call: the client may repeat it. */
export const retriableKinds: readonly RefusalKind[] = ['rateLimited', 'unavailable'];
