import type { SoloOutput } from '../timeline/output';
import { ChunkedOutput } from './chunkedOutput';
import type { ChunkIndex } from './chunkIndex';
import { ChunkStores } from './chunkStores';
import { OutputSelector, type Preference } from './outputSelector';

const key = 'musicsocial.engine';

/** Chunks where they can be had, unless the listener chose the browser's own player on this device. */
export function preferredEngine(): Preference {
  return localStorage.getItem(key) === 'element' ? 'element' : 'automatic';
}

export function preferEngine(selector: OutputSelector, engine: Preference): void {
  localStorage.setItem(key, engine);
  selector.preferred = engine;
}

/** Media elements and, where the browser can place sound exactly and decode what the hub cuts, chunks. */
export function createOutputSelector(
  elements: SoloOutput,
  index: ChunkIndex,
  fetchChunk: (url: string) => Promise<ArrayBuffer>,
): OutputSelector {
  if (!canPlaceExactly()) return new OutputSelector(elements, undefined, () => false);
  // Made when first needed: a page that only shows lyrics opens no sound device.
  let context: AudioContext | undefined;
  // At the device's own rate: where sound is converted on its way out, what the context reports of its output is off by up to a buffer.
  // And with the larger of the browser's buffers: the smaller ones run dry on a busy machine.
  const audio = () => (context ??= new AudioContext({ latencyHint: 'playback' }));
  const stores = new ChunkStores(index, fetchChunk, (bytes) => audio().decodeAudioData(bytes));
  return new OutputSelector(
    elements,
    () => new ChunkedOutput(audio(), (trackId) => stores.open(trackId)),
    (id) => stores.offered(id),
    preferredEngine(),
  );
}

function canPlaceExactly(): boolean {
  if (isSilencedWhenLocked()) return false;
  if (typeof AudioContext !== 'function' || !('getOutputTimestamp' in AudioContext.prototype)) return false;
  return new Audio().canPlayType('audio/ogg; codecs=opus') !== '';
}

/** iPhones and iPads (which say they are Macs) silence Web Audio as soon as the screen is locked; media elements play on. */
function isSilencedWhenLocked(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}
