import { createSignal, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { attempt, notify } from '../shell/toasts';
import type { User } from '../wire/contract';
import { ConfirmForm, PasswordField } from './ConfirmForm';
import './account.css';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

/** What the hub keeps about me, to take away, and the way out. */
export function Leaving(props: { user: User }): JSX.Element {
  return (
    <>
      <Export />
      <Delete user={props.user} />
    </>
  );
}

function Export(): JSX.Element {
  const { api } = useApp();
  const [busy, setBusy] = createSignal(false);

  async function download(): Promise<void> {
    setBusy(true);
    const zip = await attempt(api.exportAccount);
    setBusy(false);
    if (zip === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(zip);
    link.download = 'musicsocial-export.zip';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <section class="section">
      <h2>Your data</h2>
      <p class="dim">Everything the hub keeps about you, as one file: comments, chat, listens, follows and the rest.</p>
      <button type="button" class="button section" disabled={busy()} onClick={download}>
        Download my data
      </button>
    </section>
  );
}

function Delete(props: { user: User }): JSX.Element {
  const { account } = useApp();

  async function remove(data: FormData): Promise<void> {
    const password = data.get('password');
    const fate = data.get('comments') === 'keep' ? 'keep' : 'delete';
    const { deletesAtMs } = await account.remove(password === null ? undefined : String(password), fate);
    notify(
      props.user.guest
        ? 'Your account is being deleted.'
        : `Your account is deleted on ${day.format(deletesAtMs)}. Log in before then to keep it.`,
    );
  }

  return (
    <ConfirmForm label="Delete account" submit="Delete my account" danger onSubmit={remove}>
      <h2>Delete account</h2>
      <p class="dim">
        You are signed out everywhere at once.{' '}
        {props.user.guest
          ? 'A guest cannot come back: what you did is deleted right away.'
          : 'For seven days you can change your mind by logging in; after that it is gone for good.'}
      </p>
      <label class="field">
        Your comments
        <select class="input" name="comments">
          <option value="delete">Delete them</option>
          <option value="keep">Keep them, by “Deleted account”</option>
        </select>
      </label>
      <Show when={!props.user.guest}>
        <PasswordField label="Password" name="password" />
      </Show>
    </ConfirmForm>
  );
}
