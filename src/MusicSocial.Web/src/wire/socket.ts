import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

/** One live connection to the hub, used once: started, spoken over, closed. */
export interface HubSocket {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, handler: (message: never) => void): void;
  onClose(handler: () => void): void;
}

/** A node that has not let one in after this long is passed over for the next. */
const connectTimeoutMs = 2_000;

/** Dials the hub's nodes in turn, from a random one on: each attempt, and so each reconnect, goes to the next. One address is enough. */
export function dialNodes(
  token: () => Promise<string | undefined>,
  nodes: readonly string[],
  dial = dialHub,
  random: () => number = Math.random,
): () => HubSocket {
  let at = Math.floor(random() * nodes.length);
  return () => dial(token, `${nodes[at++ % nodes.length] ?? ''}/hub`);
}

/** WebSockets without negotiation: one round trip less, and the same node for the whole connection. */
export function dialHub(token: () => Promise<string | undefined>, path = '/hub'): HubSocket {
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
      within(connectTimeoutMs, connection.start()).catch((error) =>
        connection.stop().then(() => Promise.reject(error)),
      ),
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
