import { For, type JSX } from 'solid-js';
import { askToSignIn } from '../../accounts/SignIn';
import { useApp } from '../../shell/app';
import { attempt, notify } from '../../shell/toasts';
import type { ReportReason, Track } from '../../wire/contract';
import { reasons } from './reasons';

/** A form for what is wrong with a version. Users with an account read it in the list of versions and can bring back another. */
export function ReportForm(props: { track: Track; revision: number; onSent: () => void }): JSX.Element {
  const { api, account } = useApp();

  async function send(form: HTMLFormElement): Promise<void> {
    if (account.user() === undefined) return void askToSignIn();
    const entries = new FormData(form);
    const reason = String(entries.get('reason')) as ReportReason;
    const done = await attempt(async () => {
      await api.reportLyrics(props.track.id, props.revision, reason, String(entries.get('note') ?? ''));
      return true;
    });
    if (!done) return;
    notify('Thank you. Everyone with an account can read it and bring back another version.');
    props.onSent();
  }

  return (
    <form
      class="report"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <select class="select" name="reason" aria-label="What is wrong">
        <For each={reasons}>{([reason, text]) => <option value={reason}>{text}</option>}</For>
      </select>
      <input class="input" name="note" maxlength="500" aria-label="A note" placeholder="A note, if it helps" />
      <button type="submit" class="button">
        Send report
      </button>
    </form>
  );
}
