import { loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { HubServer } from '../hub/server.ts';
import { type Device, type EngineUnderTest, Listener } from './listener.ts';
import { noiseFolder } from './sound/noise.ts';
import { SoundSystem } from './sound/pulse.ts';

/** One node, or several of them. */
interface Hub {
  readonly url: string;
  stop(): Promise<void>;
}

/** Everything a measurement needs: loudspeakers, a hub with songs that can be measured, and people. */
export class Rig<THub extends Hub = Hub> {
  readonly listeners: Listener[] = [];
  private room = '/';

  private constructor(
    readonly sound: SoundSystem,
    readonly hub: THub,
    private readonly music: string,
  ) {}

  static build(speakers: number, songs: Record<string, number>, engine: EngineUnderTest, lyrics: Record<string, string> = {}): Promise<Rig> {
    return Rig.buildAround((music) => HubServer.start(music), speakers, songs, engine, lyrics);
  }

  static async buildAround<THub extends Hub>(
    start: (music: string) => Promise<THub>,
    speakers: number,
    songs: Record<string, number>,
    engine: EngineUnderTest,
    lyrics: Record<string, string> = {},
  ): Promise<Rig<THub>> {
    const music = noiseFolder(mkdtempSync(`${tmpdir()}/musicsocial-noise-`), songs, lyrics);
    const sound = await SoundSystem.start(speakers);
    try {
      const rig = new Rig(sound, await start(music), music);
      if (engine === 'chunks') await rig.prepareChunks();
      return rig;
    } catch (error) {
      await sound.stop();
      throw error;
    }
  }

  /** Waits until the hub has cut every song, which it does when asked. */
  private async prepareChunks(): Promise<void> {
    const { items } = (await (await fetch(`${this.hub.url}/api/tracks`)).json()) as { items: { id: string }[] };
    for (const { id } of items) {
      for (let tries = 0; tries < 600; tries++) {
        const { state } = (await (await fetch(`${this.hub.url}/api/tracks/${id}/chunks`)).json()) as { state: string };
        if (state !== 'coming') break;
        await pause(300);
      }
    }
  }

  /** The first to come opens a room. */
  async host(name: string, device: Device): Promise<Listener> {
    const listener = await Listener.arrive(this.sound, this.hub.url, '/', name, device);
    this.listeners.push(listener);
    this.room = new URL(await listener.person.openRoom('Rig')).pathname;
    return listener;
  }

  /** The others go straight into it. */
  async guest(name: string, device: Device): Promise<Listener> {
    const listener = await Listener.arrive(this.sound, device.node ?? this.hub.url, this.room, name, device);
    this.listeners.push(listener);
    return listener;
  }

  async takeDown(): Promise<void> {
    await Promise.allSettled(this.listeners.map((listener) => listener.leave()));
    await this.hub.stop();
    await this.sound.stop();
    rmSync(this.music, { recursive: true, force: true });
  }
}

/** How busy this machine is, per core and minute: figures taken on a loaded machine are worth less. */
export const load = () => loadavg()[0] ?? 0;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
