import { onCleanup } from 'solid-js';

/** What keys do while lyrics are timed. */
export interface TimingActions {
  tap(event: Event): void;
  end(event: Event): void;
  toggle(): void;
  back(): void;
  move(byLines: number): void;
  nudge(byMs: number): void;
  undo(): void;
  redo(): void;
}

export const timingKeys: readonly [string, string][] = [
  ['Space', 'The line (or word) begins'],
  ['E', 'It ends: silence from here'],
  ['P', 'Play or pause'],
  ['Backspace', 'Three seconds back'],
  ['↑ ↓', 'Another line'],
  ['← →', 'Earlier, later'],
  ['Ctrl + Z', 'Undo'],
];

const nudgeMs = 50;
const isText = (target: Element | null) => target?.closest('input:not([type="range"]), textarea, select') !== null;
const ownsSpace = (target: Element | null) => target?.closest('button:not(.tap), a, input') !== null;
const ownsArrows = (target: Element | null) => target?.closest('input, [role="tab"]') !== null;

/** Handles keys before the player does. Controls keep the keys they need themselves. */
export function bindTimingKeys(actions: TimingActions, active: () => boolean): void {
  function onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (!active() || isText(target) || target?.closest('dialog')) return;
    const action = actionOf(event, target);
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  function actionOf(event: KeyboardEvent, target: Element | null): (() => void) | undefined {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key === 'z') return event.shiftKey ? actions.redo : actions.undo;
      return key === 'y' ? actions.redo : undefined;
    }
    if (event.altKey) return undefined;
    // A key held down is one tap.
    if (key === 't' || (key === ' ' && !ownsSpace(target))) return () => event.repeat || actions.tap(event);
    if (key === 'e') return () => event.repeat || actions.end(event);
    if (key === 'p') return actions.toggle;
    if (key === 'Backspace') return actions.back;
    if (ownsArrows(target)) return undefined;
    const arrows: Record<string, () => void> = {
      ArrowUp: () => actions.move(-1),
      ArrowDown: () => actions.move(1),
      ArrowLeft: () => actions.nudge(-nudgeMs),
      ArrowRight: () => actions.nudge(nudgeMs),
    };
    return arrows[key];
  }

  document.addEventListener('keydown', onKey, true);
  onCleanup(() => document.removeEventListener('keydown', onKey, true));
}
