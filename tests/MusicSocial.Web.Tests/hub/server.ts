import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const project = fileURLToPath(new URL('../../../src/MusicSocial.Server/', import.meta.url));
const builds = ['Release', 'Debug'].map((name) => join(project, 'bin', name, 'net10.0', 'MusicSocial.Server.dll'));
const library = fileURLToPath(new URL('../../../src/MusicSocial.DemoMusic/library/', import.meta.url));
const patienceMs = 40_000;

/** The built server itself, with the demo library and a data folder of its own. It can be killed and started again. */
export class HubServer {
  private process: ChildProcess | undefined;
  private log = '';

  private constructor(
    readonly url: string,
    private readonly data: string,
    private readonly music: string,
    private readonly settings: readonly string[],
  ) {}

  /** Starts it with the demo library, or another music folder, and with settings as on its command line. */
  static async start(music = library, settings: readonly string[] = []): Promise<HubServer> {
    const data = mkdtempSync(join(tmpdir(), 'musicsocial-web-'));
    const server = new HubServer(`http://127.0.0.1:${await freePort()}`, data, music, settings);
    try {
      await server.run();
    } catch (error) {
      await server.kill();
      throw error;
    }
    return server;
  }

  async run(): Promise<void> {
    const dll = builds.find(existsSync);
    if (dll === undefined) throw new Error('The server is not built: run `dotnet build src/MusicSocial.Server` first.');
    // Recordings are compared with the files, and what runs beside the hub disturbs them: songs stay as loud as they are.
    const asTheyAre = ['--Catalog:MeasureLoudness', 'false'];
    const args = [dll, '--contentRoot', project, '--urls', this.url, '--data', this.data, '--music', this.music, ...asTheyAre, ...this.settings];
    this.process = spawn('dotnet', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout?.on('data', (chunk) => this.keep(chunk));
    this.process.stderr?.on('data', (chunk) => this.keep(chunk));
    const songs = readdirSync(this.music).filter((name) => name.endsWith('.webm')).length;
    await this.until(async () => {
      const answer = await fetch(`${this.url}/api/tracks`);
      const { items } = (await answer.json()) as { items: unknown[] };
      return items.length >= songs;
    });
  }

  async songId(title: string): Promise<string> {
    const { items } = (await (await fetch(`${this.url}/api/tracks`)).json()) as { items: { id: string; title: string }[] };
    const found = items.find((track) => track.title.includes(title));
    if (found === undefined) throw new Error(`No song is called ${title}.`);
    return found.id;
  }

  /** An invitation to sign up, as an operator makes one on the command line. */
  async invite(): Promise<string> {
    const dll = builds.find(existsSync) as string;
    const { stdout } = await promisify(execFile)('dotnet', [dll, 'operator', 'invite', '--data', this.data]);
    return stdout.split(' ')[0] as string;
  }

  /** As a power cut would: nothing is said, nothing is saved. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    const running = this.process;
    this.process = undefined;
    if (running === undefined || running.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      running.once('exit', () => resolve());
      running.kill(signal);
    });
  }

  private keep(chunk: Buffer): void {
    this.log = (this.log + chunk.toString()).slice(-8_000);
  }

  private async until(isReady: () => Promise<boolean>): Promise<void> {
    for (const end = performance.now() + patienceMs; performance.now() < end; ) {
      if (await isReady().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    throw new Error(`The server did not become ready.\n${this.log}`);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.'))));
    });
  });
}
