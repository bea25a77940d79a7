import { describe, expect, it } from 'vitest';
import { BackOff } from './backoff';
import { Connection, type ConnectionState } from './connection';
import { isRefusal } from './refusal';
import type { HubSocket } from './socket';

class FakeSocket implements HubSocket {
  readonly handlers = new Map<string, (message: never) => void>();
  closed = () => {};
  stopped = false;
  constructor(private readonly reachable: boolean) {}
  start = () => (this.reachable ? Promise.resolve() : Promise.reject(new Error('unreachable')));
  stop = async () => {
    this.stopped = true;
  };
  invoke = async <T>(method: string) => method as T;
  on = (method: string, handler: (message: never) => void) => void this.handlers.set(method, handler);
  onClose = (handler: () => void) => {
    this.closed = handler;
  };
}

function setUp(reachable: boolean[] = []) {
  const sockets: FakeSocket[] = [];
  const states: ConnectionState[] = [];
  const waits: { ms: number; run: () => void }[] = [];
  const listener = { frame() {}, signal() {}, gap() {}, draining() {} };
  const connection = new Connection(
    () => {
      const socket = new FakeSocket(reachable[sockets.length] ?? true);
      sockets.push(socket);
      return socket;
    },
    listener,
    (state) => states.push(state),
    new BackOff(() => 1),
    {
      after(ms, run) {
        waits.push({ ms, run });
        return () => {};
      },
    },
  );
  return { connection, sockets, states, waits };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the hub connection', () => {
  it('dials again with growing waits until the server answers', async () => {
    const { connection, sockets, states, waits } = setUp([false, false, true]);
    connection.open();
    await settle();
    waits[0]?.run();
    await settle();
    waits[1]?.run();
    await settle();
    expect(waits.map((wait) => wait.ms)).toEqual([400, 800]);
    expect(sockets).toHaveLength(3);
    expect(states).toEqual(['connecting', 'reconnecting', 'connected']);
  });

  it('comes back after exactly the delay a draining server asked for', async () => {
    const { connection, sockets, states, waits } = setUp();
    connection.open();
    await settle();
    sockets[0]?.handlers.get('Draining')?.({ retryAfterMs: 1_234 } as never);
    expect(sockets[0]?.stopped).toBe(true);
    expect(waits.map((wait) => wait.ms)).toEqual([1_234]);
    waits[0]?.run();
    await settle();
    expect(states).toEqual(['connecting', 'connected', 'draining', 'reconnecting', 'connected']);
  });

  it('ignores the late close of a socket it has already replaced', async () => {
    const { connection, sockets, waits } = setUp();
    connection.open();
    await settle();
    sockets[0]?.closed();
    connection.hurry();
    await settle();
    sockets[0]?.closed();
    expect(waits).toHaveLength(1);
    expect(connection.state).toBe('connected');
  });

  it('does not wait for an attempt on a network that is gone when another came up', async () => {
    const { connection, sockets } = setUp();
    connection.open();
    const hanging = sockets[0] as FakeSocket;
    expect(connection.state).toBe('connecting');
    connection.hurry();
    await settle();
    expect([hanging.stopped, sockets.length, connection.state]).toEqual([true, 2, 'connected']);
    connection.hurry();
    expect(sockets).toHaveLength(2);
  });

  it('refuses calls while there is no connection', async () => {
    const { connection } = setUp();
    const error = await connection.hub.play('r1').catch((caught: unknown) => caught);
    expect(isRefusal(error, 'hub.disconnected')).toBe(true);
  });
});
