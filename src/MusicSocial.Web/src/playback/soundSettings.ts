import { type Accessor, createSignal } from 'solid-js';
import { preferEngine } from '../audio/createOutput';
import type { OutputSelector, Preference } from '../audio/outputSelector';
import type { Quality, Renditions } from '../audio/renditions';
import type { TimelineFollower } from '../timeline/timelineFollower';

/** What a listener sets on this device; it is remembered. */
export interface SoundSettings {
  /** 0 to 1. */
  volume: Accessor<number>;
  setVolume(level: number): void;
  /** How much earlier than usual sound is played because this device's loudspeaker is late, milliseconds, -2,000 to 2,000. */
  deviceOffsetMs: Accessor<number>;
  setDeviceOffset(ms: number): void;
  preferredEngine(): Preference;
  /** At once. */
  preferEngine(engine: Preference): void;
  /** Which file media elements play. */
  quality(): Quality;
  /** From the next song on. */
  preferQuality(quality: Quality): void;
}

const volumeKey = 'musicsocial.volume';
const offsetKey = 'musicsocial.deviceOffset';
const furthestOffsetMs = 2_000;

export function createSoundSettings(
  output: OutputSelector,
  follower: TimelineFollower,
  renditions: Renditions,
): SoundSettings {
  const [volume, setVolume] = createSignal(storedNumber(volumeKey, 1));
  const [deviceOffsetMs, setDeviceOffset] = createSignal(storedNumber(offsetKey, 0));
  output.volume = volume();
  follower.deviceOffsetMs = deviceOffsetMs();
  return {
    volume,
    setVolume(level) {
      output.volume = setVolume(level);
      localStorage.setItem(volumeKey, String(level));
    },
    deviceOffsetMs,
    setDeviceOffset(ms) {
      follower.deviceOffsetMs = setDeviceOffset(Math.max(-furthestOffsetMs, Math.min(furthestOffsetMs, ms)));
      localStorage.setItem(offsetKey, String(follower.deviceOffsetMs));
    },
    preferredEngine: () => output.preferred,
    preferEngine(engine) {
      preferEngine(output, engine);
      follower.reload();
    },
    quality: () => renditions.quality,
    preferQuality: (quality) => renditions.prefer(quality),
  };
}

function storedNumber(key: string, fallback: number): number {
  const text = localStorage.getItem(key);
  return text === null || Number.isNaN(Number(text)) ? fallback : Number(text);
}
