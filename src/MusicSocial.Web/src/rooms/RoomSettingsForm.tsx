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
      accountsOnly: form.has('accountsOnly'),
      followersOnly: form.has('followersOnly'),
      knock: form.has('knock'),
      allowListenerQueue: form.has('allowListenerQueue'),
      queueShare: Number(form.get('queueShare')),
      fairQueue: form.has('fairQueue'),
      voteSkip: form.has('voteSkip'),
      voteSkipShare: Number(form.get('voteSkipShare')) / 100,
      slowModeMs: Number(form.get('slowMode')) * 1_000,
      linksAfterMs: Number(form.get('linksAfter')) * 60_000,
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
      {toggle('accountsOnly', settings().accountsOnly, 'Only people with an account enter')}
      {toggle('followersOnly', settings().followersOnly, 'Only your followers enter')}
      {toggle('knock', settings().knock, 'People knock, and you let them in')}
      {toggle('allowListenerQueue', settings().allowListenerQueue, 'Listeners may add songs')}
      {toggle('fairQueue', settings().fairQueue, 'Songs come in turn, one of each person')}
      <label class="field">
        Waiting songs of one listener, at most
        <input class="input" name="queueShare" type="number" min="1" max="500" value={settings().queueShare} />
      </label>
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
        No links from listeners before so many minutes
        <input
          class="input"
          name="linksAfter"
          type="number"
          min="0"
          max="1440"
          value={Math.round(settings().linksAfterMs / 60_000)}
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
