import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noise } from '../skew/sound/noise.ts';
import { HubServer } from './server.ts';

interface Song {
  id: string;
  title: string;
  audioUrl: string;
  loudness?: number | null;
}

/** Louder than songs are evened out to, and not yet clipped. */
const loudly = 20_000;
const patienceMs = 60_000;

/** A hub whose songs are large files: uncoded loud noise, of so many seconds each. */
export class NoiseSongs {
  private constructor(
    readonly server: HubServer,
    private readonly folder: string,
  ) {}

  static async serve(songs: Record<string, number>, settings: readonly string[] = []): Promise<NoiseSongs> {
    const folder = mkdtempSync(join(tmpdir(), 'musicsocial-noise-'));
    Object.entries(songs).forEach(([title, seconds], at) => writeFileSync(join(folder, `${title}.wav`), noise(seconds, 31 + at, loudly)));
    return new NoiseSongs(await HubServer.start(folder, settings), folder);
  }

  /** The song as the catalog has it, once it looks like this. */
  async song(title: string, is: (song: Song) => boolean = () => true): Promise<Song> {
    return this.until(async () => {
      const { items } = (await (await fetch(`${this.server.url}/api/tracks`)).json()) as { items: Song[] };
      return items.find((song) => song.title === title && is(song));
    });
  }

  /** Waits until the hub has coded a song, which it does when asked. */
  async coded(title: string): Promise<Song> {
    const song = await this.song(title);
    return this.until(async () => {
      const { state } = (await (await fetch(`${this.server.url}/api/tracks/${song.id}/chunks`)).json()) as { state: string };
      return state === 'ready' ? song : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (const end = performance.now() + patienceMs; performance.now() < end; ) {
      const seen = await look();
      if (seen !== undefined) return seen;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('It did not come to that.');
  }
}
