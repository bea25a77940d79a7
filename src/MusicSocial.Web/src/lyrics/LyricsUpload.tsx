import { createSignal, type JSX, Show } from 'solid-js';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { notify } from '../shell/toasts';
import type { CueSheet } from '../wire/contract';
import { isRefusal, type Refusal } from '../wire/refusal';

const accepted = '.lrc,.elrc,.eslrc,.ttml,.xml,.srt,.vtt,.yrc,.qrc,.krc,.yaml,.yml,.txt';
const formats: Record<string, string> = {
  lrc: 'lrc',
  elrc: 'elrc',
  eslrc: 'eslrc',
  ttml: 'ttml',
  srt: 'srt',
  vtt: 'vtt',
  txt: 'text',
};

/** Uploads a lyrics file as it is; the server reads it or names the line that it cannot read. */
export function LyricsUpload(props: {
  trackId: string;
  /** There are lyrics already: the button is less prominent. */
  replaces?: boolean;
  onUploaded: (sheet: CueSheet) => void;
}): JSX.Element {
  const { api, account } = useApp();
  const [refusal, setRefusal] = createSignal<Refusal>();
  const [busy, setBusy] = createSignal(false);
  let input!: HTMLInputElement;

  async function upload(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      const format = formats[file.name.split('.').at(-1)?.toLowerCase() ?? ''];
      const sheet = await api.uploadLyrics(props.trackId, file, format);
      notify(
        `Thank you: ${sheet.lines.length} lines, ${sheet.wordSynced ? 'timed word by word' : sheet.synced ? 'timed line by line' : 'without times'}.`,
      );
      props.onUploaded(sheet);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
      input.value = '';
    }
  }

  return (
    <div class="upload">
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted}
        aria-label="Lyrics file"
        onChange={(event) => void upload(event.currentTarget.files?.[0])}
      />
      <button
        type="button"
        class={props.replaces ? 'icon-button' : 'button'}
        aria-label={props.replaces ? 'Replace the lyrics' : undefined}
        title={props.replaces ? 'Replace the lyrics' : undefined}
        disabled={busy()}
        onClick={() => (account.user() ? input.click() : askToSignIn())}
      >
        <Icon name="upload" />
        <Show when={!props.replaces}>{busy() ? 'Reading…' : 'Add lyrics'}</Show>
      </button>
      <Show when={refusal()}>
        {(why) => (
          <p role="alert" class="form-refusal">
            {why().message}
            {why().line ? ` (line ${why().line})` : ''}
          </p>
        )}
      </Show>
    </div>
  );
}
