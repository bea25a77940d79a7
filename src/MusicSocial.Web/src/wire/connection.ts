import { BackOff } from './backoff';
import { clientMethods, Hub, type HubListener } from './hub';
import { Refusal } from './refusal';
import type { HubSocket } from './socket';

/** `connecting` is the first attempt, `reconnecting` every later one; `draining`: the node is shutting down and asked its clients to reconnect in a moment. */
export type ConnectionState = 'closed' | 'connecting' | 'connected' | 'reconnecting' | 'draining';

export interface ConnectionTimers {
  after(ms: number, run: () => void): () => void;
}

const timers: ConnectionTimers = {
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
};

/** Keeps one hub connection alive for as long as it is open, however often the socket below it is lost. */
export class Connection {
  readonly hub = new Hub((method, ...args) => this.invoke(method, ...args));
  state: ConnectionState = 'closed';
  private socket: HubSocket | undefined;
  private cancelRetry = () => {};
  private wanted = false;

  constructor(
    private readonly dial: () => HubSocket,
    private readonly listener: HubListener,
    private readonly changed: (state: ConnectionState) => void,
    private readonly backOff = new BackOff(),
    private readonly clock: ConnectionTimers = timers,
  ) {}

  open(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.attempt('connecting');
  }

  close(): void {
    this.wanted = false;
    this.cancelRetry();
    this.drop();
    this.become('closed');
  }

  /** Tries at once: the device woke up, came online, or the user pressed the button. An attempt under way may be one over a network that is gone. */
  hurry(): void {
    if (!this.wanted || this.state === 'connected') return;
    this.cancelRetry();
    this.drop();
    void this.attempt('reconnecting');
  }

  private async attempt(as: ConnectionState): Promise<void> {
    this.become(as);
    const socket = this.dial();
    this.socket = socket;
    socket.onClose(() => this.lost(socket));
    socket.on(clientMethods.frame, this.listener.frame);
    socket.on(clientMethods.signal, this.listener.signal);
    socket.on(clientMethods.gap, this.listener.gap);
    socket.on(clientMethods.draining, (notice: { retryAfterMs: number }) => this.drained(notice.retryAfterMs));
    try {
      await socket.start();
    } catch {
      this.lost(socket);
      return;
    }
    if (this.socket !== socket) return;
    this.backOff.reset();
    this.become('connected');
  }

  private lost(socket: HubSocket): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    if (this.wanted) this.retryIn(this.backOff.next(), 'reconnecting');
  }

  private drained(retryAfterMs: number): void {
    this.listener.draining({ retryAfterMs });
    this.drop();
    if (this.wanted) this.retryIn(Math.max(0, retryAfterMs), 'draining');
  }

  private retryIn(ms: number, as: ConnectionState): void {
    this.become(as);
    this.cancelRetry();
    this.cancelRetry = this.clock.after(ms, () => void this.attempt('reconnecting'));
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.stop().catch(() => {});
  }

  private become(state: ConnectionState): void {
    if (this.state === state) return;
    this.state = state;
    this.changed(state);
  }

  private async invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    if (this.socket === undefined || this.state !== 'connected') {
      throw new Refusal('hub.disconnected', 'unavailable', 'Not connected just now. Reconnecting…');
    }
    return this.socket.invoke<T>(method, ...args);
  }
}
