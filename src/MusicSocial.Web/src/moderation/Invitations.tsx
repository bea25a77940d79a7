import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import { agoText } from '../shell/time';
import { attempt } from '../shell/toasts';

const dayMs = 86_400_000;

/** Links by which people sign up where the hub is not open to everyone. */
export function Invitations(): JSX.Element {
  const { api, clock } = useApp();
  const [made, setMade] = createSignal<string>();
  const [invitations, { refetch }] = createResource(() => attempt(() => api.invitations()));

  async function make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const invitation = await attempt(() =>
      api.invite({
        uses: Number(data.get('uses')),
        note: String(data.get('note')).trim() || null,
        expiresAtMs: clock.now() + 7 * dayMs,
      }),
    );
    if (invitation?.code) setMade(`${location.origin}${links.home}?invite=${invitation.code}`);
    void refetch();
  }

  return (
    <section class="section" aria-label="Invitations">
      <form class="row wrap" onSubmit={make}>
        <input
          class="input grow"
          name="note"
          maxlength="200"
          aria-label="What for"
          placeholder="What for: only you see it"
        />
        <input
          class="input"
          name="uses"
          type="number"
          min="1"
          max="10000"
          value="1"
          aria-label="For how many accounts"
        />
        <button type="submit" class="button primary">
          Invite, for a week
        </button>
      </form>
      <Show when={made()}>
        {(link) => (
          <p class="section">
            Send this link; it is not shown again: <code>{link()}</code>
          </p>
        )}
      </Show>
      <ul class="section">
        <For each={invitations.latest?.items} fallback={<li class="blank">No invitations yet.</li>}>
          {(invitation) => (
            <li class="row small">
              <span class="grow ellipsis">{invitation.note ?? 'Without a note'}</span>
              <span class="num">
                {invitation.used} of {invitation.uses} used
              </span>
              <span class="dim">{agoText(invitation.createdAtMs, clock.now())}</span>
              <Show when={!invitation.revokedAtMs} fallback={<span class="chip">revoked</span>}>
                <button
                  type="button"
                  class="chip"
                  onClick={() => void attempt(() => api.revokeInvitation(invitation.id)).then(() => refetch())}
                >
                  Revoke
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
