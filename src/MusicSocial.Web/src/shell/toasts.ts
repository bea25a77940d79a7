import { createSignal } from 'solid-js';
import { isRefusal } from '../wire/refusal';

export interface Toast {
  id: number;
  tone: 'info' | 'refusal';
  text: string;
  code?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

const showForMs = 5_000;
/** One stack per document; any component and any store adds to it. */
const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let lastId = 0;

export { toasts };

export function dismiss(id: number): void {
  setToasts((all) => all.filter((toast) => toast.id !== id));
}

export function notify(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  const id = ++lastId;
  setToasts((all) =>
    [...all.filter((toast) => toast.text !== text), { id, tone: 'info' as const, text, ...more }].slice(-3),
  );
  setTimeout(() => dismiss(id), more.action ? 2 * showForMs : showForMs);
}

/** Shows why something was refused, in the server's words. */
export function notifyRefusal(error: unknown): void {
  if (!isRefusal(error)) throw error;
  const wait = error.retryAfterMs ? ` Try again in ${Math.ceil(error.retryAfterMs / 1_000)} s.` : '';
  notify(error.message + wait, { tone: 'refusal', code: error.code });
}

/** Runs a user's command and shows its refusal; gives undefined then. */
export async function attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
  try {
    return await command();
  } catch (error) {
    notifyRefusal(error);
    return undefined;
  }
}
