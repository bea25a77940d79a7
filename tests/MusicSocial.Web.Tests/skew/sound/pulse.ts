import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recording } from './recording.ts';

export const sampleRate = 48_000;
const positions = ['front-left', 'front-right', 'rear-left', 'rear-right'] as const;
/** Small, so that the time a sample arrives says when it was heard. */
const captureMs = 20;

/** A sound system without a sound card: one mono loudspeaker per listener, all of them channels of one mix and so on one sample clock. */
export class SoundSystem {
  private recorder: ChildProcess | undefined;
  private attendant: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly daemon: ChildProcess,
    readonly channels: number,
  ) {}

  static async start(channels: number): Promise<SoundSystem> {
    const used = positions.slice(0, channels);
    if (used.length < channels) throw new Error(`At most ${positions.length} listeners can be recorded.`);
    const folder = mkdtempSync(join(tmpdir(), 'musicsocial-sound-'));
    const modules = [
      'module-native-protocol-unix auth-anonymous=1',
      `module-null-sink sink_name=mix rate=${sampleRate} channels=${channels} channel_map=${used.join(',')}`,
      ...used.map(
        (position, at) =>
          `module-remap-sink sink_name=${loudspeaker(at)} master=mix channels=1 channel_map=mono master_channel_map=${position} remix=no`,
      ),
    ];
    const args = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--disable-shm=yes', '--use-pid-file=no'];
    // Browsers ask for the server's own rate: any other than the loudspeakers' would be converted twice.
    const settings = join(folder, 'daemon.conf');
    writeFileSync(settings, `default-sample-rate = ${sampleRate}\n`);
    const daemon = spawn('pulseaudio', [...args, ...modules.flatMap((module) => ['-L', module])], {
      env: { ...process.env, XDG_RUNTIME_DIR: folder, PULSE_CONFIG: settings },
      stdio: 'ignore',
    });
    const system = new SoundSystem(folder, daemon, channels);
    await system.untilReady();
    system.attend();
    return system;
  }

  /** The environment of a browser whose sound comes out of one loudspeaker; -1 is all of them at once. */
  environment(at: number): NodeJS.ProcessEnv {
    return { ...process.env, XDG_RUNTIME_DIR: this.folder, PULSE_SINK: at < 0 ? 'mix' : loudspeaker(at) };
  }

  /** Records what all loudspeakers play until the recording is stopped. */
  record(): Recording {
    const recorder = this.capture('pipe');
    this.recorder = recorder;
    const path = join(this.folder, `${performance.now()}.pcm`);
    return new Recording(recorder, createWriteStream(path), this.channels, sampleRate);
  }

  /** A recorder runs from the beginning on: the sound system buffers another amount of sound as soon as one starts, which only this rig does. */
  private attend(): void {
    this.attendant = this.capture('ignore');
  }

  private capture(out: 'pipe' | 'ignore'): ChildProcess {
    // Without the map more than two channels would be taken for others and mixed into one another.
    const map = positions.slice(0, this.channels).join(',');
    const args = ['--raw', '-d', 'mix.monitor', '--format=s16le', `--rate=${sampleRate}`, `--channels=${this.channels}`, `--channel-map=${map}`, '--no-remix'];
    return spawn('parec', [...args, `--latency-msec=${captureMs}`], {
      env: { ...process.env, XDG_RUNTIME_DIR: this.folder },
      stdio: ['ignore', out, 'ignore'],
    });
  }

  async stop(): Promise<void> {
    this.recorder?.kill();
    this.attendant?.kill();
    if (this.daemon.exitCode === null) {
      const gone = new Promise((resolve) => this.daemon.once('exit', resolve));
      this.daemon.kill();
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    const env = { ...process.env, XDG_RUNTIME_DIR: this.folder };
    for (let tries = 0; tries < 100; tries++) {
      try {
        const sinks = execFileSync('pactl', ['list', 'short', 'sinks'], { env, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
        if (sinks.split('\n').filter((line) => line !== '').length === this.channels + 1) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('PulseAudio did not come up.');
  }
}

const loudspeaker = (at: number) => `speaker${at}`;
