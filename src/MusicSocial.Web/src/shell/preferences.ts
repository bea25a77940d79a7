import { createSignal } from 'solid-js';

/** What one device remembers about how its person likes things. */
const bubblesKey = 'musicsocial.bubbles';
const [bubblesOn, setBubbles] = createSignal(localStorage.getItem(bubblesKey) !== 'off');

export { bubblesOn };

export function setBubblesOn(on: boolean): void {
  localStorage.setItem(bubblesKey, on ? 'on' : 'off');
  setBubbles(on);
}

const offsetKey = (trackId: string) => `musicsocial.lyrics.${trackId}`;
const furthestMs = 2_000;
const [offsets, setOffsets] = createSignal<Record<string, number>>({});

/** Milliseconds this song's lyrics are moved by on this device: positive shows them later. */
export const lyricsOffsetMs = (trackId: string): number =>
  offsets()[trackId] ?? (Number(localStorage.getItem(offsetKey(trackId))) || 0);

export function moveLyrics(trackId: string, byMs: number): void {
  const to = Math.max(-furthestMs, Math.min(furthestMs, lyricsOffsetMs(trackId) + byMs));
  if (to === 0) localStorage.removeItem(offsetKey(trackId));
  else localStorage.setItem(offsetKey(trackId), String(to));
  setOffsets({ ...offsets(), [trackId]: to });
}
