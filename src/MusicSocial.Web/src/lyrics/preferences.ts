import { createSignal } from 'solid-js';
import type { LayerChoice } from './layers';

// Lyrics preferences of this device.
const layersKey = 'musicsocial.layers';
const deviceKey = 'musicsocial.lyricsOffset';
const songKey = (trackId: string) => `musicsocial.lyrics.${trackId}`;

export const furthestMs = 2_000;
export const offsetStepMs = 50;
const withinReach = (ms: number) => Math.max(-furthestMs, Math.min(furthestMs, ms));

function storedChoice(): LayerChoice {
  try {
    const stored = JSON.parse(localStorage.getItem(layersKey) ?? '{}') as Partial<LayerChoice>;
    const translation = typeof stored.translation === 'string' ? stored.translation : undefined;
    return { romanisation: stored.romanisation !== false, translation };
  } catch {
    return { romanisation: true };
  }
}

/** The device's choice: one for every page of lyrics. */
const [layerChoice, setChoice] = createSignal<LayerChoice>(storedChoice());

export { layerChoice };

export function chooseLayers(change: Partial<LayerChoice>): void {
  localStorage.setItem(layersKey, JSON.stringify(setChoice((choice) => ({ ...choice, ...change }))));
}

/** The device's offsets by their key, for every page of lyrics: zero is not kept. */
const [offsets, setOffsets] = createSignal<Record<string, number>>({});
const offsetOf = (key: string) => offsets()[key] ?? withinReach(Number(localStorage.getItem(key)) || 0);

function setOffset(key: string, toMs: number): void {
  const ms = withinReach(toMs);
  if (ms === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, String(ms));
  setOffsets((all) => ({ ...all, [key]: ms }));
}

/** Milliseconds all lyrics are moved by on this device: positive shows them later. */
export const deviceOffsetMs = (): number => offsetOf(deviceKey);
export const setDeviceOffsetMs = (ms: number): void => setOffset(deviceKey, ms);

/** Milliseconds this song's lyrics are moved by on this device. */
export const songOffsetMs = (trackId: string): number => offsetOf(songKey(trackId));
export const setSongOffsetMs = (trackId: string, ms: number): void => setOffset(songKey(trackId), ms);

/** Milliseconds this song's lyrics are moved by on this device, both offsets together. */
export const lyricsOffsetMs = (trackId: string): number => deviceOffsetMs() + songOffsetMs(trackId);
