import { type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import type { RoomSettings, RoomSettingsChange } from '../wire/contract';

/** How the room is run: for its host. */
export function RoomSettingsForm(props: { onSaved: () => void }): JSX.Element {
  const { room } = useApp();
  const settings = () => room.room()?.settings as RoomSettings;
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const password = String(form.get('password') ?? '');
    const wanted: RoomSettingsChange = {
      name: String(form.get('name')).trim(),
      visibility: form.has('listed') ? 'public' : 'private',
      allowListenerQueue: form.has('allowListenerQueue'),
      voteSkip: form.has('voteSkip'),
      voteSkipShare: Number(form.get('voteSkipShare')) / 100,
      slowModeMs: Number(form.get('slowMode')) * 1_000,
      chatEnabled: form.has('chatEnabled'),
      waitForAll: form.has('waitForAll'),
      waitLimitMs: Number(form.get('waitLimit')) * 1_000,
      ...(password !== '' ? { password } : form.has('removePassword') ? { password: '' } : {}),
    };
    await room.command((hub, id) => hub.changeRoom(id, wanted));
    props.onSaved();
  }
  const toggle = (name: string, checked: boolean, label: string) => (
    <label class="switch">
      <input type="checkbox" name={name} checked={checked} />
      <span>{label}</span>
    </label>
  );
  return (
    <form class="sign-in" onSubmit={(event) => void submit(event)}>
      <label class="field">
        Name
        <input class="input" name="name" required maxlength="80" value={settings().name} />
      </label>
      {toggle('listed', settings().visibility === 'public', 'Anyone may find it')}
      {toggle('allowListenerQueue', settings().allowListenerQueue, 'Listeners may add songs')}
      {toggle('chatEnabled', settings().chatEnabled, 'Room chat')}
      {toggle('waitForAll', settings().waitForAll, 'Tracks wait until everyone can play them')}
      <label class="field">
        For how many seconds at most
        <input
          class="input"
          name="waitLimit"
          type="number"
          min="1"
          max="15"
          value={Math.round(settings().waitLimitMs / 1_000)}
        />
      </label>
      {toggle('voteSkip', settings().voteSkip, 'Listeners may vote to skip')}
      <label class="field">
        Votes needed, in percent
        <input
          class="input"
          name="voteSkipShare"
          type="number"
          min="5"
          max="100"
          step="5"
          value={Math.round(settings().voteSkipShare * 100)}
        />
      </label>
      <label class="field">
        Slow mode, seconds between messages
        <input
          class="input"
          name="slowMode"
          type="number"
          min="0"
          max="600"
          value={Math.round(settings().slowModeMs / 1_000)}
        />
      </label>
      <label class="field">
        {settings().passwordProtected ? 'New password (empty keeps the old one)' : 'Password (empty for none)'}
        <input class="input" name="password" type="password" autocomplete="new-password" maxlength="128" />
      </label>
      <Show when={settings().passwordProtected}>{toggle('removePassword', false, 'Remove the password')}</Show>
      <button type="submit" class="button primary big">
        Save
      </button>
    </form>
  );
}
