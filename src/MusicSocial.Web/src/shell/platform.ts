// The only module that uses what browsers give to secure contexts alone (https, or localhost): a hub on a home network is opened over plain http, where each of
// these is simply missing. `platform.test.ts` keeps them out of every other file.

import { basePath } from '../wire/basePath';

/** A random UUID, version 4. `crypto.randomUUID` exists in secure contexts only, `getRandomValues` everywhere. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Puts text into the clipboard; false where neither the clipboard nor the old command of the document may be used. */
export async function copyText(text: string): Promise<boolean> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  const written = await clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  return written || copySelected(text);
}

/** Copies out of a field made for it. A modal dialog makes the rest of the page inert, so the field stands inside the dialog. */
function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  (focused?.closest('dialog') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/** Whether the system's own share sheet can be opened. */
export const canShare = () => typeof navigator.share === 'function';

/** Opens the share sheet, with the file where the system takes files. Closing the sheet is not an error. */
export async function share(message: ShareData, file: File): Promise<void> {
  const withFile = { ...message, files: [file] };
  await navigator.share(navigator.canShare?.(withFile) ? withFile : message).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  });
}

/** Keeps the screen on until the returned function is called, where the browser can. */
export function keepScreenOn(): () => void {
  const wakeLock: WakeLock | undefined = navigator.wakeLock;
  const lock = wakeLock?.request('screen').catch(() => undefined);
  return () => void lock?.then((held) => held?.release());
}

/** Lets the app open without a network, where the browser can. */
export function registerServiceWorker(): void {
  const { serviceWorker }: { serviceWorker?: ServiceWorkerContainer } = navigator;
  serviceWorker?.register(`${basePath}/sw.js`).catch(() => {});
}
