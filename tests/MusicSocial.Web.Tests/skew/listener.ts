import { type Browser, chromium } from '@playwright/test';
import { Person } from '../hub/people.ts';
import type { DeviceClock } from './clocks.ts';
import { wearClock } from './clocks.ts';
import { type Route, Wire } from './network/wire.ts';
import type { SoundSystem } from './sound/pulse.ts';

/** `chunks` where the hub has them, which is what listeners get by themselves; `element` insists on the other one. */
export type EngineUnderTest = 'chunks' | 'element';

export interface Device {
  engine?: EngineUnderTest;
  /** Which loudspeaker it plays on. */
  speaker: number;
  clock: DeviceClock;
  route?: Route | undefined;
  /** The node it is connected to, where there are several. */
  node?: string;
  /** What an earlier visit learnt of its loudspeaker. */
  memory?: string | undefined;
}

/** What the web client keeps of the loudspeaker it played on. */
const memoryKey = 'musicsocial.latency';

export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** A user with a device of their own: a browser process, a clock that is wrong, a loudspeaker and a way to the hub. */
export class Listener {
  private constructor(
    private readonly browser: Browser,
    readonly wire: Wire | undefined,
    readonly person: Person,
    readonly clock: DeviceClock,
  ) {}

  /** Opens `path` of the hub on a device. */
  static async arrive(sound: SoundSystem, hub: string, path: string, name: string, device: Device): Promise<Listener> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: browserFlags,
      ignoreDefaultArgs: ['--mute-audio'],
      env: sound.environment(device.speaker) as Record<string, string>,
    });
    const wire = device.route && (await Wire.to(hub, device.route));
    const person = await Person.arrive(browser, `${wire?.url ?? hub}${path}`, name, {}, async (context) => {
      await context.addInitScript(wearClock, device.clock);
      if (device.engine === 'element') await context.addInitScript(() => localStorage.setItem('musicsocial.engine', 'element'));
      if (device.memory) await context.addInitScript(([key, memory]) => localStorage.setItem(key, memory), [memoryKey, device.memory] as const);
    });
    return new Listener(browser, wire, person, device.clock);
  }

  /** What the device has learnt of its loudspeaker; undefined before it has played for half a minute. */
  async memory(): Promise<string | undefined> {
    return (await this.person.page.evaluate((key) => localStorage.getItem(key), memoryKey)) ?? undefined;
  }

  /** As a device does whose battery dies. */
  async leave(): Promise<void> {
    await this.browser.close();
    this.wire?.stop();
  }
}
