import type {
  Comment,
  CommentDraft,
  FollowAnswer,
  Frame,
  Gap,
  KnockAnswer,
  PlaybackReport,
  Role,
  RoomSettingsChange,
  SignalBatch,
  TopicPosition,
} from './contract';
import { refusalFromHub } from './refusal';

/** Sends one named call over a live connection. The connection gives it; tests give a fake. */
export type Invoke = <T>(method: string, ...args: unknown[]) => Promise<T>;

/** What the server sends without a call. */
export interface HubListener {
  frame(frame: Frame): void;
  signal(batch: SignalBatch): void;
  gap(gap: Gap): void;
  draining(notice: { retryAfterMs: number }): void;
}

export const clientMethods = {
  frame: 'Frame',
  signal: 'Signal',
  gap: 'Gap',
  draining: 'Draining',
} as const satisfies Record<keyof HubListener, string>;

/** Every hub method of the wire contract; refusals are thrown as `Refusal`. */
export class Hub {
  constructor(private readonly invoke: Invoke) {}

  /** Not wrapped: a clock probe must add nothing between sending and stamping. */
  clock = (clientMs: number) => this.invoke<{ clientMs: number; hubMs: number }>('Clock', clientMs);

  reportRoundTrip = (roundTripMs: number, jitterMs: number) =>
    this.call<void>('ReportRoundTrip', roundTripMs, jitterMs);

  follow = (topic: string, since: TopicPosition | null) => this.call<FollowAnswer>('Follow', topic, since);
  unfollow = (topic: string) => this.call<void>('Unfollow', topic);

  joinRoom = (idOrCode: string, password: string | null) => this.call<FollowAnswer>('JoinRoom', idOrCode, password);
  knock = (idOrCode: string) => this.call<KnockAnswer>('Knock', idOrCode);
  admit = (roomId: string, userId: string, allowed: boolean) => this.call<void>('Admit', roomId, userId, allowed);
  leaveRoom = (roomId: string) => this.call<void>('LeaveRoom', roomId);
  play = (roomId: string) => this.call<void>('Play', roomId);
  pause = (roomId: string) => this.call<void>('Pause', roomId);
  seek = (roomId: string, positionMs: number) => this.call<void>('Seek', roomId, positionMs);
  skip = (roomId: string, fromItemId: string) => this.call<void>('Skip', roomId, fromItemId);
  ready = (roomId: string, itemId: string) => this.call<void>('Ready', roomId, itemId);
  cannotPlay = (roomId: string, itemId: string) => this.call<void>('CannotPlay', roomId, itemId);
  startNow = (roomId: string, itemId: string) => this.call<void>('StartNow', roomId, itemId);
  previous = (roomId: string) => this.call<void>('Previous', roomId);
  enqueue = (roomId: string, trackId: string, commandId: string) =>
    this.call<void>('Enqueue', roomId, trackId, commandId);
  removeQueued = (roomId: string, itemId: string) => this.call<void>('RemoveQueued', roomId, itemId);
  moveQueued = (roomId: string, itemId: string, toIndex: number) =>
    this.call<void>('MoveQueued', roomId, itemId, toIndex);
  voteSkip = (roomId: string, itemId: string) => this.call<void>('VoteSkip', roomId, itemId);
  setRole = (roomId: string, userId: string, role: Role) => this.call<void>('SetRole', roomId, userId, role);
  kickMember = (roomId: string, userId: string) => this.call<void>('KickMember', roomId, userId);
  banMember = (roomId: string, userId: string, minutes: number | null) =>
    this.call<void>('BanMember', roomId, userId, minutes);
  clearMessages = (roomId: string, userId: string) => this.call<void>('ClearMessages', roomId, userId);
  pauseChat = (roomId: string, minutes: number) => this.call<void>('PauseChat', roomId, minutes);
  changeRoom = (roomId: string, settings: RoomSettingsChange) => this.call<void>('ChangeRoom', roomId, settings);
  inviteToRoom = (roomId: string, userId: string) => this.call<void>('InviteToRoom', roomId, userId);
  say = (roomId: string, text: string, clientKey: string) => this.call<void>('Say', roomId, text, clientKey);
  react = (topic: string, emoji: string) => this.call<void>('React', topic, emoji);

  postComment = (draft: CommentDraft) => this.call<Comment>('PostComment', draft);
  reportPlayback = (report: PlaybackReport) => this.call<void>('ReportPlayback', report);
  setPrivateSession = (enabled: boolean) => this.call<void>('SetPrivateSession', enabled);

  private async call<T>(method: string, ...args: unknown[]): Promise<T> {
    try {
      return await this.invoke<T>(method, ...args);
    } catch (error) {
      throw refusalFromHub(error);
    }
  }
}
