import { createEffect, createResource, For, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import { agoText } from '../shell/time';
import { attempt, notify } from '../shell/toasts';
import type { SessionView } from '../wire/contract';
import { ConfirmForm, PasswordField } from './ConfirmForm';
import { deviceText } from './device';
import { Leaving } from './Leaving';
import { RecoveryCodesForm } from './RecoveryCodesForm';
import { askToSignIn, SignInForm } from './SignIn';
import '../friends/friends.css';

/** Who I am here, on which devices, and how to shut others out. */
export function AccountPage(): JSX.Element {
  const { account } = useApp();
  createEffect(() => {
    document.title = 'Account · MusicSocial';
  });
  return (
    <div class="page narrow">
      <h1>Account and devices</h1>
      <Show
        when={account.user()}
        keyed
        fallback={
          <div class="blank">
            <p>You are not signed in.</p>
            <button type="button" class="button primary" onClick={() => askToSignIn('logIn')}>
              Log in
            </button>
          </div>
        }
      >
        {(user) => (
          <>
            <Show when={user.guest} fallback={<PasswordForm />}>
              <section class="section">
                <h2>Keep what you have</h2>
                <p class="dim">
                  You are a guest: without a password, nobody but this browser knows you. Choose a handle and a
                  password, and everything you did stays yours.
                </p>
                <SignInForm
                  way="register"
                  label="Make it an account"
                  onDone={() => notify('You have an account now.')}
                />
              </section>
            </Show>
            <Devices />
            <Staff />
            <Show when={!user.guest}>
              <RecoveryCodesForm />
            </Show>
            <Leaving user={user} />
          </>
        )}
      </Show>
    </div>
  );
}

/** The way to the page of those who look after the hub, for them. */
function Staff(): JSX.Element {
  const { api } = useApp();
  const [me] = createResource(() => attempt(() => api.me()));
  return (
    <Show when={me.latest && me.latest.role !== 'member'}>
      <section class="section">
        <h2>Looking after the hub</h2>
        <p class="dim">You are {me.latest?.role === 'operator' ? 'an operator' : 'a moderator'} here.</p>
        <a class="button" href={links.admin}>
          Reports and people
        </a>
      </section>
    </Show>
  );
}

function PasswordForm(): JSX.Element {
  const { account } = useApp();

  async function change(data: FormData): Promise<void> {
    await account.changePassword(String(data.get('current')), String(data.get('next')));
    notify('The password is changed. All other devices are signed out.');
  }

  return (
    <ConfirmForm label="Change password" submit="Change and sign out everywhere else" onSubmit={change}>
      <h2>Change password</h2>
      <PasswordField label="Password until now" name="current" />
      <PasswordField label="New password" name="next" next />
    </ConfirmForm>
  );
}

function Devices(): JSX.Element {
  const { api } = useApp();
  const [sessions, { refetch }] = createResource(async () => (await api.sessions()).items);
  const end = (what: () => Promise<unknown>) => attempt(() => what().then(() => refetch()));
  return (
    <section class="section">
      <h2>Devices</h2>
      <ul class="friend-list section">
        <For each={sessions.latest}>
          {(session) => <Device session={session} onEnd={() => end(() => api.endSession(session.id))} />}
        </For>
      </ul>
      <Show when={(sessions.latest?.length ?? 0) > 1}>
        <button type="button" class="button section" onClick={() => end(api.endOtherSessions)}>
          Sign out everywhere else
        </button>
      </Show>
    </section>
  );
}

function Device(props: { session: SessionView; onEnd: () => void }): JSX.Element {
  const { clock } = useApp();
  return (
    <li class="row">
      <span class="grow">
        <strong>{deviceText(props.session.device)}</strong>
        <br />
        <span class="small dim">
          {props.session.current ? 'This device' : `Last used ${agoText(props.session.usedAtMs, clock.now())}`}
        </span>
      </span>
      <Show when={!props.session.current}>
        <button type="button" class="button" onClick={props.onEnd}>
          Sign out
        </button>
      </Show>
    </li>
  );
}
