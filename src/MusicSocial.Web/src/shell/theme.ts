import { createEffect, createSignal } from 'solid-js';
import { type CoverColours, coloursOf, houseColours, type Mode, themeOf } from './palette';

export type ThemeChoice = 'system' | Mode;

const key = 'musicsocial.theme';
const prefersLight = () => matchMedia('(prefers-color-scheme: light)');

// One document, one theme.
const [choice, setChoice] = createSignal<ThemeChoice>((localStorage.getItem(key) as ThemeChoice | null) ?? 'system');
const [systemLight, setSystemLight] = createSignal(prefersLight().matches);
const [colours, setColours] = createSignal<CoverColours>(houseColours);

export const mode = (): Mode => (choice() === 'system' ? (systemLight() ? 'light' : 'dark') : (choice() as Mode));

export function toggleTheme(): void {
  const next: Mode = mode() === 'dark' ? 'light' : 'dark';
  localStorage.setItem(key, next);
  setChoice(next);
}

/** Keeps the page's custom properties in step with the mode and the cover; call once, inside a root. */
export function applyTheme(): void {
  prefersLight().addEventListener('change', (event) => setSystemLight(event.matches));
  createEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = mode();
    for (const [name, value] of Object.entries(themeOf(colours(), mode()))) root.style.setProperty(name, value);
  });
}

let wanted: string | undefined;

/** Colours the page from a cover; undefined brings the house colours back. */
export function colourFrom(coverUrl: string | undefined): void {
  if (wanted === coverUrl) return;
  wanted = coverUrl;
  if (coverUrl === undefined) {
    setColours(houseColours);
    return;
  }
  const image = new Image();
  image.onload = () => {
    if (wanted === coverUrl) setColours(coloursOf(pixelsOf(image)));
  };
  image.src = coverUrl;
}

function pixelsOf(image: HTMLImageElement): ArrayLike<number> {
  const side = 32;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return [];
  context.drawImage(image, 0, 0, side, side);
  return context.getImageData(0, 0, side, side).data;
}
