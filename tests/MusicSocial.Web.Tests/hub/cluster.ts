import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, HubServer } from './server.ts';

const services = fileURLToPath(new URL('../../../.ci/services.sh', import.meta.url));

/** Two nodes of one hub over Redis and PostgreSQL, each a process that can be killed. */
export class Cluster {
  private constructor(
    private readonly folder: string,
    private readonly servers: readonly ChildProcess[],
    readonly nodes: readonly [HubServer, HubServer],
  ) {}

  get url(): string {
    return this.nodes[0].url;
  }

  static async start(music: string): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'musicsocial-cluster-'));
    // PostgreSQL runs as another user where we are root.
    chmodSync(folder, 0o755);
    const [redis, postgres] = [await freePort(), await freePort()];
    const servers = [serve('redis', join(folder, 'redis'), redis), serve('postgres', join(folder, 'postgres'), postgres)];
    const end = () => endAll(servers, folder);
    try {
      await Promise.all([listens(redis), listens(postgres)]);
      const settings = ['--redis', `127.0.0.1:${redis}`, '--postgres', `Host=127.0.0.1;Port=${postgres};Username=musicsocial;Database=postgres`];
      const one = await HubServer.start(music, settings);
      return new Cluster(folder, servers, [one, await HubServer.start(music, settings)]);
    } catch (error) {
      await end();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.nodes.map((node) => node.stop()));
    await endAll(this.servers, this.folder);
  }
}

/** It ends when its standard input is closed. */
function serve(what: 'redis' | 'postgres', folder: string, port: number): ChildProcess {
  return spawn('bash', [services, what, folder, String(port)], { stdio: ['pipe', 'ignore', 'inherit'] });
}

async function endAll(servers: readonly ChildProcess[], folder: string): Promise<void> {
  const gone = servers.map((server) => new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve(0))));
  for (const server of servers) server.stdin?.end();
  await Promise.all(gone);
  rmSync(folder, { recursive: true, force: true });
}

async function listens(port: number): Promise<void> {
  for (const end = performance.now() + 40_000; performance.now() < end; ) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('A server of the cluster did not come up.');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const say = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}
