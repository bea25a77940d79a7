import type { ChildProcess } from 'node:child_process';
import { readFileSync, type WriteStream } from 'node:fs';

/** What was heard, all channels on one sample clock. */
export interface Sound {
  sampleRate: number;
  channels: Float32Array[];
  /** Wall time of the first sample, milliseconds since the epoch; good to some 20 ms, unlike the distances between channels. */
  startedAtMs: number;
}

/** A recording while it runs. */
export class Recording {
  private bytes = 0;
  private startedAtMs = Number.POSITIVE_INFINITY;

  constructor(
    private readonly recorder: ChildProcess,
    private readonly file: WriteStream,
    private readonly channels: number,
    private readonly sampleRate: number,
  ) {
    recorder.stdout?.on('data', (chunk: Buffer) => this.keep(chunk));
  }

  async stop(): Promise<Sound> {
    const gone = new Promise((resolve) => this.recorder.once('close', resolve));
    this.recorder.kill();
    await gone;
    await new Promise((resolve) => this.file.end(resolve));
    return { sampleRate: this.sampleRate, channels: this.split(), startedAtMs: this.startedAtMs };
  }

  /** Late arrivals are this machine's, so the earliest start that any piece implies is the truest. */
  private keep(chunk: Buffer): void {
    this.file.write(chunk);
    this.bytes += chunk.length;
    const heardMs = (this.bytes / (2 * this.channels) / this.sampleRate) * 1_000;
    this.startedAtMs = Math.min(this.startedAtMs, performance.timeOrigin + performance.now() - heardMs);
  }

  private split(): Float32Array[] {
    const raw = readFileSync(this.file.path);
    const frames = Math.floor(raw.length / (2 * this.channels));
    const samples = new Int16Array(raw.buffer, raw.byteOffset, frames * this.channels);
    return Array.from({ length: this.channels }, (_, channel) =>
      Float32Array.from({ length: frames }, (_, at) => (samples[at * this.channels + channel] ?? 0) / 32_768),
    );
  }
}
