import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

/** One live connection to the hub, used once: started, spoken over, closed. */
export interface HubSocket {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, handler: (message: never) => void): void;
  onClose(handler: () => void): void;
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
    start: () => connection.start(),
    stop: () => connection.stop(),
    invoke: (method, ...args) => connection.invoke(method, ...args),
    on: (method, handler) => connection.on(method, handler),
    onClose: (handler) => connection.onclose(handler),
  };
}
