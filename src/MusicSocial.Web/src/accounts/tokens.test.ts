import { describe, expect, it } from 'vitest';
import type { Session } from '../wire/contract';
import { Refusal } from '../wire/refusal';
import { Tokens } from './tokens';

const session = (accessToken: string): Session => ({
  accessToken,
  refreshToken: `refresh-${accessToken}`,
  expiresInSeconds: 600,
  user: { id: 'u', handle: 'u', displayName: 'U', guest: true },
});

function setUp(refresh: (token: string, commandId: string | undefined) => Promise<Session>) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const time = { now: 0 };
  const tokens = () =>
    new Tokens(
      storage,
      () => time.now,
      refresh,
      () => {},
    );
  return { time, tokens };
}

describe('the tokens of a session', () => {
  it('survive a reload', async () => {
    const { tokens } = setUp(async () => session('b'));
    tokens().keep(session('a'));
    expect(await tokens().accessToken()).toBe('a');
  });

  it('are renewed once, shortly before they expire, for all who ask', async () => {
    let renewals = 0;
    const { tokens, time } = setUp(async () => session(`b${++renewals}`));
    const kept = tokens();
    kept.keep(session('a'));
    time.now = 580_000;
    expect(await Promise.all([kept.accessToken(), kept.accessToken()])).toEqual(['b1', 'b1']);
    expect(renewals).toBe(1);
  });

  it('are renewed under one name by all tabs, and a tab takes what another has renewed', async () => {
    const names: (string | undefined)[] = [];
    const { tokens, time } = setUp(async (_, name) => {
      names.push(name);
      return session(`b${names.length}`);
    });
    const [one, other] = [tokens(), tokens()];
    one.keep(session('a'));
    const third = tokens();
    time.now = 580_000;
    expect(await Promise.all([one.accessToken(), third.accessToken()])).toEqual(['b1', 'b2']);
    expect(names[0]).toBeDefined();
    expect(names[1]).toBe(names[0]);

    time.now = 1_170_000;
    expect(await one.accessToken()).toBe('b3');
    expect(await third.accessToken()).toBe('b3');
    expect(other.current).toBeUndefined();
  });

  it('are renewed before they are used again when the hub rejected them', async () => {
    const { tokens } = setUp(async () => session('b'));
    const kept = tokens();
    kept.keep(session('a'));
    kept.invalidate();
    expect(await kept.accessToken()).toBe('b');
  });

  it('outlive a lost network while they are still good', async () => {
    const { tokens, time } = setUp(async () => {
      throw new Refusal('network.unreachable', 'unavailable', '');
    });
    const kept = tokens();
    kept.keep(session('a'));
    time.now = 580_000;
    expect(await kept.accessToken()).toBe('a');
    expect(kept.current).toBeDefined();
  });

  it('are forgotten when the server refuses to renew them', async () => {
    const { tokens, time } = setUp(async () => {
      throw new Refusal('http.401', 'unauthenticated', '');
    });
    const kept = tokens();
    kept.keep(session('a'));
    time.now = 700_000;
    expect(await kept.accessToken()).toBeUndefined();
    expect(kept.current).toBeUndefined();
  });
});
