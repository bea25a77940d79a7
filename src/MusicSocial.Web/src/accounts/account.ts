import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { Api } from '../wire/api';
import type { User } from '../wire/contract';
import { Http } from '../wire/http';
import { Tokens } from './tokens';

export interface Account {
  user: Accessor<User | undefined>;
  accessToken(): Promise<string | undefined>;
  guest(displayName: string): Promise<void>;
  register(handle: string, password: string, displayName: string): Promise<void>;
  logIn(handle: string, password: string): Promise<void>;
  signOut(): void;
  /** Runs once for the user who is signed in now, and again after each change. */
  onChange(run: (user: User | undefined) => void): void;
}

export function createAccount(): Account {
  const api = new Api(new Http(async () => undefined));
  const [user, setUser] = createSignal<User | undefined>(undefined, { equals: (a, b) => a?.id === b?.id });
  const tokens = new Tokens(
    localStorage,
    () => performance.timeOrigin + performance.now(),
    api.refresh,
    (session) => {
      setUser(session?.user);
    },
  );
  setUser(tokens.current?.user);

  return {
    user,
    accessToken: () => tokens.accessToken(),
    guest: async (displayName) => tokens.keep(await api.guest(displayName)),
    register: async (handle, password, displayName) => tokens.keep(await api.register(handle, password, displayName)),
    logIn: async (handle, password) => tokens.keep(await api.logIn(handle, password)),
    signOut: () => {
      const accessToken = tokens.current?.accessToken;
      // The session ends on the hub too; without a connection it ends with its refresh token, which nobody has any more.
      new Api(new Http(async () => accessToken)).logOut().catch(() => undefined);
      tokens.forget();
    },
    onChange: (run) => createEffect(on(user, run)),
  };
}
