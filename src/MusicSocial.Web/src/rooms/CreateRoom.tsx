import { createSignal, type JSX } from 'solid-js';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { links, navigate } from '../shell/router';
import { attempt } from '../shell/toasts';

export function CreateRoom(props: { onClose: () => void }): JSX.Element {
  const { api, account } = useApp();
  const [busy, setBusy] = createSignal(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const room = await attempt(() =>
      api.createRoom(
        String(form.get('name')).trim(),
        form.get('listed') ? 'public' : 'private',
        String(form.get('password') ?? ''),
      ),
    );
    setBusy(false);
    if (room === undefined) return;
    props.onClose();
    navigate(links.room(room.code));
  }

  return (
    <Dialog title="Start a room" onClose={props.onClose}>
      <form class="sign-in" onSubmit={submit}>
        <label class="field">
          Name
          <input
            class="input"
            name="name"
            required
            maxlength="80"
            value={`${account.user()?.displayName ?? 'My'}’s room`}
          />
        </label>
        <label class="switch">
          <input type="checkbox" name="listed" checked />
          <span>
            Anyone may find it
            <br />
            <span class="small dim">Off: only people with the link or code.</span>
          </span>
        </label>
        <label class="field">
          Password (optional)
          <input class="input" name="password" type="password" autocomplete="new-password" maxlength="128" />
        </label>
        <button type="submit" class="button primary big" disabled={busy()}>
          Open the doors
        </button>
      </form>
    </Dialog>
  );
}
