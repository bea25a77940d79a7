import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { Api } from '../wire/api';
import type { User } from '../wire/contract';
import { Http } from '../wire/http';
import { isRefusal } from '../wire/refusal';
import { Tokens } from './tokens';

export interface Account {
  user: Accessor<User | undefined>;
  accessToken(): Promise<string | undefined>;
  guest(displayName: string): Promise<void>;
  /** Makes an account; of a guest, who keeps all they did. */
  register(handle: string, password: string, displayName: string): Promise<void>;
  logIn(handle: string, password: string): Promise<void>;
  /** Every other session ends. */
  changePassword(current: string, next: string): Promise<void>;
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

  return {
    user,
    accessToken: () => tokens.accessToken(),
    guest: async (displayName) => tokens.keep(await api.guest(displayName)),
    register: async (handle, password, displayName) =>
      tokens.keep(await (user()?.guest ? mine.upgrade(handle, password) : api.register(handle, password, displayName))),
    logIn: async (handle, password) => tokens.keep(await api.logIn(handle, password)),
    changePassword: async (current, next) => tokens.keep(await mine.changePassword(current, next)),
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
