import { createSignal, For, type JSX } from 'solid-js';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { attempt, notify } from '../shell/toasts';

const reasons = [
  ['harassment', 'Harassment or hate'],
  ['spam', 'Spam or a scam'],
  ['sexual', 'Sexual content'],
  ['violence', 'Violence or self-harm'],
  ['impersonation', 'Pretends to be another person'],
  ['other', 'Something else'],
] as const;

/** Tells the moderators what is wrong with a person, comment, message or room. */
export function ReportDialog(props: {
  about: { kind: string; id: string };
  name: string;
  onClose: () => void;
}): JSX.Element {
  const { api } = useApp();
  const [busy, setBusy] = createSignal(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const report = await attempt(() =>
      api.report({ ...props.about, reason: String(data.get('reason')), note: String(data.get('note')).trim() || null }),
    );
    setBusy(false);
    if (report === undefined) return;
    notify('Thank you. You will hear what became of it.');
    props.onClose();
  }

  return (
    <Dialog title={`Report ${props.name}`} onClose={() => props.onClose()}>
      <form class="sign-in" onSubmit={submit}>
        <label class="field">
          What is wrong?
          <select class="select" name="reason">
            <For each={reasons}>{([value, label]) => <option value={value}>{label}</option>}</For>
          </select>
        </label>
        <label class="field">
          What should moderators know?
          <textarea class="input" name="note" rows="3" maxlength="1000" />
        </label>
        <p class="small dim">Moderators see that it was you; the person does not.</p>
        <button type="submit" class="button primary" disabled={busy()}>
          Send
        </button>
      </form>
    </Dialog>
  );
}
