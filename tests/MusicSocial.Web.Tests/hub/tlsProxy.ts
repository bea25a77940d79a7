import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, HubServer } from './server.ts';

const services = fileURLToPath(new URL('../../../.ci/services.sh', import.meta.url));

/** The hub under https://example.org/music/, behind the proxy that README.md shows. */
export class HubBehindTls {
  private constructor(
    readonly hub: HubServer,
    readonly url: string,
    private readonly folder: string,
    private readonly proxy: ChildProcess,
  ) {}

  static async start(): Promise<HubBehindTls> {
    const hub = await HubServer.start(undefined, ['--basepath', '/music']);
    const folder = mkdtempSync(join(tmpdir(), 'musicsocial-tls-'));
    const port = await freePort();
    // It ends when its standard input is closed.
    const proxy = spawn('bash', [services, 'proxy', folder, String(port), new URL(hub.url).port], { stdio: ['pipe', 'ignore', 'inherit'] });
    return new HubBehindTls(hub, `https://example.org:${port}/music/`, folder, proxy);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => (this.proxy.exitCode === null ? this.proxy.once('exit', resolve) : resolve(0)));
    this.proxy.stdin?.end();
    await Promise.all([gone, this.hub.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
