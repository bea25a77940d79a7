import { For, type JSX } from 'solid-js';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { copyText } from '../shell/platform';
import { notify } from '../shell/toasts';
import './account.css';

/** Recovery codes just made, the only time they are shown. */
export function NewCodes(props: { codes: readonly string[] }): JSX.Element {
  const { account } = useApp();
  const text = () => `${props.codes.join('\n')}\n`;
  const file = () => `data:text/plain;charset=utf-8,${encodeURIComponent(text())}`;
  const copy = async () => notify((await copyText(text())) ? 'Copied.' : 'Copying is not allowed here. Download them.');
  return (
    <Dialog title="Your recovery codes" onClose={account.codesKept}>
      <p>
        If you lose your password, one of these sets a new one. Each works once. They are shown only now: keep them
        somewhere safe.
      </p>
      <ul class="recovery-codes" aria-label="Recovery codes">
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
      <p class="row wrap">
        <button type="button" class="button" onClick={copy}>
          Copy
        </button>
        <a class="button" href={file()} download="musicsocial-recovery-codes.txt">
          Download
        </a>
        <button type="button" class="button primary" onClick={account.codesKept}>
          I have kept them
        </button>
      </p>
    </Dialog>
  );
}
