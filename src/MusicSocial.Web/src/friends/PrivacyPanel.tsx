import { createResource, For, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { agoText } from '../shell/time';
import { attempt } from '../shell/toasts';
import type { Audience, Privacy } from '../wire/contract';

const circles: Record<Audience, string> = {
  everyone: 'Everyone',
  followers: 'My followers',
  mutual: 'People I follow back',
  close: 'Close friends',
  nobody: 'No one',
};

const shown = [
  ['audience', 'What I play now'],
  ['history', 'What I listened to'],
  ['connections', 'Whom I follow, and my followers'],
] as const;

const hourMs = 3_600_000;

/** Which circle sees what of me, and the private session. */
export function PrivacyPanel(): JSX.Element {
  const { api, clock } = useApp();
  const [privacy, { mutate }] = createResource(() => attempt(() => api.privacy()));

  async function change(part: Partial<Privacy>): Promise<void> {
    const before = privacy.latest;
    if (before === undefined) return;
    mutate({ ...before, ...part });
    mutate((await attempt(() => api.setPrivacy(part))) ?? before);
  }

  return (
    <Show when={privacy.latest}>
      {(current) => (
        <section class="section privacy panel" aria-labelledby="privacy-title">
          <h2 id="privacy-title">Who sees what</h2>
          <Switch
            checked={current().privateSession}
            label="Private session"
            note={
              current().privateSession && current().privateUntilMs
                ? `On; ends ${agoText(current().privateUntilMs ?? 0, clock.now())}.`
                : 'No one sees what you play, and nothing is written down, until you switch this off.'
            }
            onChange={(privateSession) => void change({ privateSession })}
          />
          <Show when={current().privateSession && !current().privateUntilMs}>
            <p>
              <button
                type="button"
                class="button"
                onClick={() => void change({ privateSession: true, privateUntilMs: clock.now() + hourMs })}
              >
                End it in an hour
              </button>
            </p>
          </Show>
          <For each={shown}>
            {([key, label]) => (
              <label class="row">
                <span class="grow">{label}</span>
                <select
                  class="select"
                  value={current()[key]}
                  onChange={(event) => void change({ [key]: event.currentTarget.value as Audience })}
                >
                  <For each={Object.entries(circles)}>{([value, name]) => <option value={value}>{name}</option>}</For>
                </select>
              </label>
            )}
          </For>
          <Switch
            checked={current().showPosition}
            label="Show how far into the song I am"
            note="Without, others see the title only and cannot listen along."
            onChange={(showPosition) => void change({ showPosition })}
          />
          <Switch
            checked={current().showRoom}
            label="Show the room I am in"
            note="Only open rooms are ever shown."
            onChange={(showRoom) => void change({ showRoom })}
          />
        </section>
      )}
    </Show>
  );
}

function Switch(props: {
  checked: boolean;
  label: string;
  note: string;
  onChange: (checked: boolean) => void;
}): JSX.Element {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>
        {props.label}
        <br />
        <span class="small dim">{props.note}</span>
      </span>
    </label>
  );
}
