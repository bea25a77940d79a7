import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What one direction does to each piece of data. */
export interface Delay {
  baseMs?: number;
  /** Mean of the exponential queueing on top. */
  queueMs?: number;
  spikeShare?: number;
  spikeFromMs?: number;
  spikeToMs?: number;
}

export interface Route {
  up: Delay;
  down: Delay;
}

const both = (delay: Delay): Route => ({ up: delay, down: delay });

export const routes = {
  direct: undefined,
  /** As quick as none, but it can be cut. */
  plain: both({}),
  wan: both({ baseMs: 20, queueMs: 3 }),
  wifi: both({ baseMs: 15, queueMs: 10, spikeShare: 0.1, spikeFromMs: 50, spikeToMs: 150 }),
  /** One way 20 ms slower than the other: neither end can see it. */
  lopsided: { up: { baseMs: 22 }, down: { baseMs: 2 } },
} satisfies Record<string, Route | undefined>;

const program = fileURLToPath(new URL('./delays.mjs', import.meta.url));

/** A slow way to the hub, for media and control alike. */
export class Wire {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async to(hub: string, route: Route): Promise<Wire> {
    const process = fork(program, { stdio: 'inherit', execArgv: [] });
    const opened = new Promise<{ port: number }>((resolve) => process.once('message', (answer) => resolve(answer as { port: number })));
    process.send({ port: Number(new URL(hub).port), ...route });
    const { port } = await opened;
    return new Wire(process, `http://127.0.0.1:${port}`);
  }

  /** Nothing gets through while offline, and nothing is lost either: what TCP does. */
  set online(online: boolean) {
    this.process.send({ online });
  }

  /** Connections from now on go to another node, as by a balancer that saw the first one die. */
  leadTo(hub: string): void {
    this.process.send({ target: Number(new URL(hub).port) });
  }

  stop(): void {
    this.process.kill();
  }
}
