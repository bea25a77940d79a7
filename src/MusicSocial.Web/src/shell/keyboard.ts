import { createSignal } from 'solid-js';
import type { App } from './app';
import { toggleTheme } from './theme';

/** One help dialog per document, opened by a key, the menu or the sync chip. */
const [helpOpen, setHelpOpen] = createSignal(false);

export { helpOpen, setHelpOpen };

export const shortcuts: readonly [string, string][] = [
  ['Space', 'Play or pause'],
  ['← →', 'Five seconds back or forward'],
  ['Shift + ← →', 'Previous or next track'],
  ['M', 'Mute'],
  ['/', 'Search'],
  ['C', 'Write a comment'],
  ['K', 'Karaoke, full screen'],
  ['D', 'Dark or light'],
  ['?', 'This help'],
];

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Keys act only where no text is being written and no control has its own use for them. */
export function bindKeyboard(app: App): void {
  let volumeBefore = 1;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
    const { player } = app;
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a, [role="slider"]') !== null;
    const actions: Record<string, () => void> = {
      m: () => {
        if (player.settings.volume() > 0) volumeBefore = player.settings.volume();
        player.settings.setVolume(player.settings.volume() > 0 ? 0 : volumeBefore);
      },
      '/': () => document.querySelector<HTMLInputElement>('.searchbox input')?.focus(),
      c: () => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus(),
      k: () => document.querySelector<HTMLElement>('[data-key="k"]')?.click(),
      d: toggleTheme,
      '?': () => setHelpOpen(true),
    };
    if (!onButton) {
      actions[' '] = player.toggle;
      actions.ArrowLeft = () => (event.shiftKey ? player.previous() : player.seek(player.positionMs() - 5_000));
      actions.ArrowRight = () => (event.shiftKey ? player.next() : player.seek(player.positionMs() + 5_000));
    }
    const action = actions[event.key] ?? actions[event.key.toLowerCase()];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
