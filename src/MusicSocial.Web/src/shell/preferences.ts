import { type Accessor, createSignal } from 'solid-js';

/** A preference of this device: on until the user turns it off. */
function deviceSwitch(key: string): [on: Accessor<boolean>, set: (on: boolean) => void] {
  const [on, setOn] = createSignal(localStorage.getItem(key) !== 'off');
  return [
    on,
    (next) => {
      localStorage.setItem(key, next ? 'on' : 'off');
      setOn(next);
    },
  ];
}

export const [bubblesOn, setBubblesOn] = deviceSwitch('musicsocial.bubbles');
export const [evensLoudness, setEvensLoudness] = deviceSwitch('musicsocial.evenLoudness');
