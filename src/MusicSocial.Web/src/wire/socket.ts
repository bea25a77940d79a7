import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

/** One connection to the hub, used once: started, called, closed. */
export interface HubSocket {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, handler: (message: never) => void): void;
  onClose(handler: () => void): void;
}

/** Name lookup, TCP, TLS, upgrade and handshake. With another node to try, a silent one is given up soon; the only one is waited for over any slow link. */
const connectTimeoutMs = { amongSeveral: 2_000, only: 15_000 };

/** Dials the hub's nodes in turn, from a random one on: each attempt, and so each reconnect, goes to the next. One address is enough. */
export function dialNodes(
  token: () => Promise<string | undefined>,
  nodes: readonly string[],
  dial = dialHub,
  random: () => number = Math.random,
): () => HubSocket {
  let at = Math.floor(random() * nodes.length);
  const timeoutMs = nodes.length > 1 ? connectTimeoutMs.amongSeveral : connectTimeoutMs.only;
  return () => dial(token, `${nodes[at++ % nodes.length] ?? ''}/hub`, timeoutMs);
}

/** WebSockets without negotiation: one round trip less, and the same node for the whole connection. */
function dialHub(token: () => Promise<string | undefined>, path: string, timeoutMs: number): HubSocket {
  const connection: HubConnection = new HubConnectionBuilder()
    .withUrl(path, {
      transport: HttpTransportType.WebSockets,
      skipNegotiation: true,
      accessTokenFactory: async () => (await token()) ?? '',
    })
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = 20_000;
  connection.keepAliveIntervalInMilliseconds = 8_000;
  return {
    start: () =>
      within(timeoutMs, connection.start()).catch((error) => connection.stop().then(() => Promise.reject(error))),
    stop: () => connection.stop(),
    invoke: (method, ...args) => connection.invoke(method, ...args),
    on: (method, handler) => connection.on(method, handler),
    onClose: (handler) => connection.onclose(handler),
  };
}

function within<T>(ms: number, wanted: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The node does not answer.')), ms);
  });
  return Promise.race([wanted, late]).finally(() => clearTimeout(timer));
}
