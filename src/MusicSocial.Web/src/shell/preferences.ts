import { createSignal } from 'solid-js';

/** What one device remembers about how its person likes things. */
const bubblesKey = 'musicsocial.bubbles';
const [bubblesOn, setBubbles] = createSignal(localStorage.getItem(bubblesKey) !== 'off');

export { bubblesOn };

export function setBubblesOn(on: boolean): void {
  localStorage.setItem(bubblesKey, on ? 'on' : 'off');
  setBubbles(on);
}
