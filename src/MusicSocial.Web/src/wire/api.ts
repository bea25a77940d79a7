import { basePath } from './basePath';
import type {
  AuditEntry,
  Ban,
  Chunks,
  Comment,
  CommentFate,
  CommentMoment,
  CommentOrder,
  CueSheet,
  DeletionView,
  Friend,
  HubRole,
  Inbox,
  Invitation,
  Knock,
  Listen,
  LyricReport,
  LyricRevision,
  Myself,
  NowPlaying,
  Page,
  PersonRecord,
  Privacy,
  Profile,
  RecoveryCodes,
  RecoveryCodesLeft,
  ReportCase,
  ReportReason,
  ReportState,
  ReportView,
  ResetCode,
  Room,
  ScanStatus,
  Session,
  SessionView,
  SheetEdit,
  SignUpView,
  Track,
  User,
  Visibility,
  WordRule,
} from './contract';
import type { Http } from './http';

export interface CommentsQuery {
  order: CommentOrder;
  cursor?: string | null | undefined;
  limit?: number;
  fromMs?: number;
  toMs?: number;
}

/** The lists of people one keeps, as the addresses name them. */
export type PersonalList = 'block' | 'mute' | 'circle/close';

/** Every HTTP call of the wire contract, by slice. */
export class Api {
  constructor(private readonly http: Http) {}

  guest = (displayName: string) => this.http.post<Session>('/api/accounts/guest', { displayName });
  signUp = () => this.http.get<SignUpView>('/api/accounts/sign-up');
  register = (handle: string, password: string, displayName: string, invite?: string) =>
    this.http.post<Session>('/api/accounts', { handle, password, displayName, invite });
  logIn = (handle: string, password: string) => this.http.post<Session>('/api/accounts/login', { handle, password });
  refresh = (refreshToken: string, commandId: string | undefined) =>
    this.http.post<Session>('/api/accounts/refresh', { refreshToken, commandId });
  sessions = () => this.http.get<{ items: SessionView[] }>('/api/accounts/sessions');
  endSession = (id: string) => this.http.delete<undefined>(`/api/accounts/sessions/${id}`);
  endOtherSessions = () => this.http.delete<undefined>('/api/accounts/sessions');
  changePassword = (current: string, next: string) =>
    this.http.put<Session>('/api/accounts/password', { current, next });
  upgrade = (handle: string, password: string, invite?: string) =>
    this.http.post<Session>('/api/accounts/upgrade', { handle, password, invite });
  recover = (handle: string, code: string, password: string) =>
    this.http.post<Session>('/api/accounts/recover', { handle, code, password });
  recoveryCodesLeft = () => this.http.get<RecoveryCodesLeft>('/api/accounts/recovery-codes');
  renewRecoveryCodes = (password: string) =>
    this.http.post<RecoveryCodes>('/api/accounts/recovery-codes', { password });
  exportAccount = () => this.http.getBytes('/api/accounts/export');
  deleteAccount = (password: string | undefined, comments: CommentFate) =>
    this.http.delete<DeletionView>('/api/accounts/me', { password, comments });
  logOut = () => this.http.post<undefined>('/api/accounts/logout', {});
  me = () => this.http.get<Myself>('/api/accounts/me');

  tracks = (query: string, cursor?: string | null, limit = 50) =>
    this.http.get<Page<Track>>('/api/tracks', { query: query || null, cursor, limit });
  chunks = (id: string) => this.http.get<Chunks>(`/api/tracks/${id}/chunks`);
  chunk = async (url: string) => (await this.http.getBytes(url)).arrayBuffer();
  track = (id: string) => this.http.get<Track>(`/api/tracks/${id}`);
  lyrics = (id: string) => this.http.get<CueSheet>(`/api/tracks/${id}/lyrics`);
  uploadLyrics = (id: string, file: Blob, format?: string, encoding?: string) =>
    this.http.putBytes<CueSheet>(`/api/tracks/${id}/lyrics`, file, { format, encoding });

  saveSheet = (id: string, edit: SheetEdit) => this.http.put<CueSheet>(`/api/tracks/${id}/lyrics/sheet`, edit);
  shiftLyrics = (id: string, byMs: number, basedOn?: number) =>
    this.http.post<CueSheet>(`/api/tracks/${id}/lyrics/shift`, { byMs, basedOn });
  lyricRevisions = (id: string) => this.http.get<{ items: LyricRevision[] }>(`/api/tracks/${id}/lyrics/revisions`);
  lyricRevision = (id: string, revision: number) =>
    this.http.get<CueSheet>(`/api/tracks/${id}/lyrics/revisions/${revision}`);
  revertLyrics = (id: string, revision: number) =>
    this.http.post<CueSheet>(`/api/tracks/${id}/lyrics/revisions/${revision}/revert`);
  reportLyrics = (id: string, revision: number, reason: ReportReason, note?: string) =>
    this.http.post<void>(`/api/tracks/${id}/lyrics/revisions/${revision}/report`, { reason, note: note || null });
  lyricReports = (id: string) => this.http.get<{ items: LyricReport[] }>(`/api/tracks/${id}/lyrics/reports`);
  /** A card with these lines, counted from 0, as a picture. */
  quoteCard = (id: string, lines: string, kind: 'png' | 'svg') =>
    this.http.getBytes(`/api/tracks/${id}/quote.${kind}`, { lines });

  comments = (trackId: string, query: CommentsQuery) =>
    this.http.get<Page<Comment>>(`/api/tracks/${trackId}/comments`, { ...query });
  moments = (trackId: string) => this.http.get<{ items: CommentMoment[] }>(`/api/tracks/${trackId}/moments`);
  editComment = (id: string, text: string) => this.http.patch<Comment>(`/api/comments/${id}`, { text });
  deleteComment = (id: string) => this.http.delete<void>(`/api/comments/${id}`);
  likeComment = (id: string) => this.http.put<void>(`/api/comments/${id}/like`);
  unlikeComment = (id: string) => this.http.delete<void>(`/api/comments/${id}/like`);

  createRoom = (name: string, visibility: Visibility, password?: string) =>
    this.http.post<Room>('/api/rooms', { name, visibility, password: password || null });
  rooms = (cursor?: string | null, limit = 24) => this.http.get<Page<Room>>('/api/rooms', { cursor, limit });
  room = (idOrCode: string) => this.http.get<Room>(`/api/rooms/${idOrCode}`);
  closeRoom = (idOrCode: string) => this.http.delete<void>(`/api/rooms/${idOrCode}`);
  words = (roomId: string) => this.http.get<Page<WordRule>>(`/api/rooms/${roomId}/words`);
  knocks = (roomId: string) => this.http.get<Page<Knock>>(`/api/rooms/${roomId}/knocks`);
  bans = (roomId: string) => this.http.get<Page<Ban>>(`/api/rooms/${roomId}/bans`);
  unban = (roomId: string, userId: string) => this.http.delete<void>(`/api/rooms/${roomId}/bans/${userId}`);
  roomQr = (idOrCode: string) => `${basePath}/api/rooms/${idOrCode}/qr.svg`;

  user = (handle: string) => this.http.get<Profile>(`/api/users/${handle}`);
  follow = (handle: string) => this.http.put<void>(`/api/users/${handle}/follow`);
  unfollow = (handle: string) => this.http.delete<void>(`/api/users/${handle}/follow`);
  followers = (handle: string) => this.http.get<Page<User>>(`/api/users/${handle}/followers`);
  following = (handle: string) => this.http.get<Page<User>>(`/api/users/${handle}/following`);
  friends = () => this.http.get<Page<Friend>>('/api/me/friends', { limit: 200 });
  nowPlaying = (handle: string) => this.http.get<NowPlaying | null>(`/api/users/${handle}/now-playing`);
  listens = (handle: string, cursor?: string | null) =>
    this.http.get<Page<Listen>>(`/api/users/${handle}/listens`, { cursor });

  /** Puts a person on one of my lists, or takes them off. */
  setListed = (handle: string, list: PersonalList, on: boolean) =>
    on
      ? this.http.put<Profile>(`/api/users/${handle}/${list}`)
      : this.http.delete<Profile>(`/api/users/${handle}/${list}`);
  listed = (list: PersonalList) =>
    this.http.get<Page<User>>(`/api/me/${list === 'circle/close' ? list : `${list}s`}`, { limit: 200 });
  report = (report: { kind: string; id: string; reason: string; note: string | null }) =>
    this.http.post<ReportView>('/api/reports', report);

  reportCases = (state: ReportState) => this.http.get<Page<ReportCase>>('/api/admin/reports', { state });
  decideReport = (id: string, decision: 'upheld' | 'dismissed') =>
    this.http.post<ReportCase>(`/api/admin/reports/${id}`, { decision });
  peopleRecords = (query: string) => this.http.get<Page<PersonRecord>>('/api/admin/users', { query });
  suspend = (handle: string, reason: string, untilMs: number | null) =>
    this.http.post<undefined>(`/api/admin/users/${handle}/suspend`, { reason, untilMs });
  restore = (handle: string) => this.http.post<undefined>(`/api/admin/users/${handle}/restore`, {});
  endSessionsOf = (handle: string) => this.http.post<undefined>(`/api/admin/users/${handle}/end-sessions`, {});
  setRole = (handle: string, role: HubRole) => this.http.post<undefined>(`/api/admin/users/${handle}/role`, { role });
  resetPassword = (handle: string) => this.http.post<ResetCode>(`/api/admin/users/${handle}/reset`, {});
  invitations = () => this.http.get<Page<Invitation>>('/api/admin/invitations');
  invite = (wanted: { uses: number; expiresAtMs: number; note: string | null }) =>
    this.http.post<Invitation>('/api/admin/invitations', wanted);
  revokeInvitation = (id: string) => this.http.delete<void>(`/api/admin/invitations/${id}`);
  scan = () => this.http.get<ScanStatus>('/api/admin/scan');
  startScan = (force: boolean) => this.http.post<ScanStatus>('/api/admin/scan', { force });
  audit = () => this.http.get<Page<AuditEntry>>('/api/admin/audit');

  privacy = () => this.http.get<Privacy>('/api/me/privacy');
  /** Changes what is named. */
  setPrivacy = (change: Partial<Privacy>) => this.http.put<Privacy>('/api/me/privacy', change);
  inbox = () => this.http.get<Inbox>('/api/me/inbox');
  readInbox = () => this.http.put<void>('/api/me/inbox/read');
}
