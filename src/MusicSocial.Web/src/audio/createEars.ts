import type { SoloOutput } from '../timeline/output';
import { ChunkedOutput } from './chunkedOutput';
import { type ChunkDoor, ChunkShelf } from './chunkShelf';
import { Ears, type Preference } from './ears';

export type { ChunkDoor } from './chunkShelf';

const key = 'musicsocial.engine';

/** Media elements unless this device's listener asked for chunks: these were measured to be worse (docs/sync). */
export function preferredEngine(): Preference {
  return localStorage.getItem(key) === 'automatic' ? 'automatic' : 'element';
}

export function preferEngine(ears: Ears, engine: Preference): void {
  if (engine === 'element') localStorage.removeItem(key);
  else localStorage.setItem(key, engine);
  ears.preferred = engine;
}

/** Media elements and, where the browser can place sound exactly and decode what the hub cuts, chunks. */
export function createEars(elements: SoloOutput, door: ChunkDoor): Ears {
  if (!canPlaceExactly()) return new Ears(elements, undefined, () => false);
  // Made when first needed: a page that only shows lyrics opens no sound device.
  let context: AudioContext | undefined;
  const audio = () => (context ??= new AudioContext({ sampleRate: 48_000, latencyHint: 'balanced' }));
  const shelf = new ChunkShelf(door, (bytes) => audio().decodeAudioData(bytes));
  return new Ears(
    elements,
    () => new ChunkedOutput(audio(), (trackId) => shelf.open(trackId)),
    (id) => shelf.offered(id),
    preferredEngine(),
  );
}

function canPlaceExactly(): boolean {
  if (typeof AudioContext !== 'function' || !('getOutputTimestamp' in AudioContext.prototype)) return false;
  return new Audio().canPlayType('audio/ogg; codecs=opus') !== '';
}
