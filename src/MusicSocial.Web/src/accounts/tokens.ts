import { newId } from '../shell/platform';
import type { Session } from '../wire/contract';

export interface StoredSession extends Session {
  /** This device's clock, milliseconds since the epoch. */
  expiresAtMs: number;
  /** Names the renewal of these tokens, for all tabs: a refresh token that comes twice under different names was stolen, and ends the session. */
  renewalId?: string;
}

const key = 'musicsocial.session';
/** Tokens are renewed this long before they expire, so that no call is sent with one that expires on its way. */
const renewBeforeMs = 30_000;

/** The signed-in session of this browser: kept over reloads, renewed once however many callers need it. */
export class Tokens {
  private session: StoredSession | undefined;
  private renewal: Promise<string | undefined> | undefined;

  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly now: () => number,
    private readonly refresh: (refreshToken: string, commandId: string | undefined) => Promise<Session>,
    private readonly changed: (session: StoredSession | undefined) => void,
  ) {
    this.session = this.read();
  }

  get current(): StoredSession | undefined {
    return this.session;
  }

  keep(session: Session): void {
    this.session = { ...session, expiresAtMs: this.now() + session.expiresInSeconds * 1_000, renewalId: newId() };
    this.storage.setItem(key, JSON.stringify(this.session));
    this.changed(this.session);
  }

  forget(): void {
    this.session = undefined;
    this.storage.removeItem(key);
    this.changed(undefined);
  }

  /** The hub rejected the access token: it is renewed before it is used again, or the session is over. */
  invalidate(): void {
    if (this.session === undefined) return;
    this.session = { ...this.session, expiresAtMs: 0 };
    this.storage.setItem(key, JSON.stringify(this.session));
  }

  async accessToken(): Promise<string | undefined> {
    const session = this.latest();
    if (session === undefined) return undefined;
    if (this.now() < session.expiresAtMs - renewBeforeMs) return session.accessToken;
    this.renewal ??= this.renew(session).finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  private async renew(session: StoredSession): Promise<string | undefined> {
    try {
      this.keep(await this.refresh(session.refreshToken, session.renewalId));
    } catch (error) {
      // Only a refusal ends the session; a lost network does not.
      const code = (error as { code?: string }).code ?? '';
      if (code.startsWith('auth.') || code === 'http.401') this.forget();
      else if (this.now() < session.expiresAtMs) return session.accessToken;
    }
    return this.session?.accessToken;
  }

  /** Another tab may have renewed the same session meanwhile. */
  private latest(): StoredSession | undefined {
    const stored = this.session && this.read();
    if (
      stored !== undefined &&
      stored.user.id === this.session?.user.id &&
      stored.expiresAtMs > this.session.expiresAtMs
    )
      this.session = stored;
    return this.session;
  }

  private read(): StoredSession | undefined {
    try {
      const text = this.storage.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as StoredSession);
    } catch {
      return undefined;
    }
  }
}
