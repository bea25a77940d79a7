import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { notify } from '../shell/toasts';
import { Api } from '../wire/api';
import type { CommentFate, DeletionView, Session, User } from '../wire/contract';
import { Http } from '../wire/http';
import { isRefusal } from '../wire/refusal';
import { Tokens } from './tokens';

export interface Account {
  user: Accessor<User | undefined>;
  accessToken(): Promise<string | undefined>;
  guest(displayName: string): Promise<void>;
  /** Makes an account; of a guest, who keeps all they did. */
  register(handle: string, password: string, displayName: string, invite?: string): Promise<void>;
  logIn(handle: string, password: string): Promise<void>;
  /** Every other session ends. */
  changePassword(current: string, next: string): Promise<void>;
  /** A new password by a recovery code; every session ends, and one begins here. */
  recover(handle: string, code: string, password: string): Promise<void>;
  /** Recovery codes just made, until `codesKept`. */
  newCodes: Accessor<readonly string[] | undefined>;
  codesKept(): void;
  renewCodes(password: string): Promise<void>;
  /** Asks for the deletion of the account, and signs out. */
  remove(password: string | undefined, comments: CommentFate): Promise<DeletionView>;
  signOut(): void;
  /** Asks whether the session goes on; signed out here too when it was ended from another device. */
  verify(): Promise<void>;
  /** Runs once for the user who is signed in now, and again after each change. */
  onChange(run: (user: User | undefined) => void): void;
}

export function createAccount(): Account {
  const api = new Api(new Http(async () => undefined));
  const [user, setUser] = createSignal<User | undefined>(undefined, {
    equals: (a, b) => a?.id === b?.id && a?.handle === b?.handle && a?.displayName === b?.displayName,
  });
  const tokens = new Tokens(
    localStorage,
    () => performance.timeOrigin + performance.now(),
    api.refresh,
    (session) => {
      setUser(session?.user);
    },
  );
  setUser(tokens.current?.user);
  const mine = new Api(new Http(() => tokens.accessToken()));
  const [newCodes, setNewCodes] = createSignal<readonly string[]>();
  // What is said once is shown, and not kept with the tokens.
  const keep = ({ recoveryCodes, deletionCancelled, ...session }: Session) => {
    tokens.keep(session);
    if (recoveryCodes) setNewCodes(recoveryCodes);
    if (deletionCancelled) notify('Your account was to be deleted. Logging in has kept it.');
  };

  return {
    user,
    accessToken: () => tokens.accessToken(),
    guest: async (displayName) => keep(await api.guest(displayName)),
    register: async (handle, password, displayName, invite) =>
      keep(
        await (user()?.guest
          ? mine.upgrade(handle, password, invite)
          : api.register(handle, password, displayName, invite)),
      ),
    logIn: async (handle, password) => keep(await api.logIn(handle, password)),
    changePassword: async (current, next) => keep(await mine.changePassword(current, next)),
    recover: async (handle, code, password) => keep(await api.recover(handle, code, password)),
    newCodes,
    codesKept: () => setNewCodes(undefined),
    renewCodes: async (password) => void setNewCodes((await mine.renewRecoveryCodes(password)).codes),
    remove: async (password, comments) => {
      const deletion = await mine.deleteAccount(password, comments);
      tokens.forget();
      return deletion;
    },
    signOut: () => {
      const accessToken = tokens.current?.accessToken;
      // The session ends on the hub too; without a connection it ends with its refresh token, which is forgotten here.
      new Api(new Http(async () => accessToken)).logOut().catch(() => undefined);
      tokens.forget();
    },
    verify: async () => {
      try {
        await mine.me();
      } catch (error) {
        if (!isRefusal(error) || error.code !== 'auth.required') return;
        tokens.invalidate();
        await tokens.accessToken();
      }
    },
    onChange: (run) => createEffect(on(user, run)),
  };
}
