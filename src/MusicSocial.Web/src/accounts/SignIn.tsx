import { createResource, createSignal, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import type { Refusal } from '../wire/refusal';
import { isRefusal } from '../wire/refusal';

type Way = 'guest' | 'register' | 'logIn' | 'recover';

/** One dialog per document; any component that needs an account opens it. */
const [open, setOpen] = createSignal<Way | undefined>();

/** The code of the invitation this page was opened with. */
let invite: string | undefined;

/** A page opened by an invitation offers to sign up. The code leaves the address: it is not told to others with a link. */
export function acceptInvitation(): void {
  const query = new URLSearchParams(location.search);
  invite = query.get('invite') ?? undefined;
  if (invite === undefined) return;
  query.delete('invite');
  history.replaceState(null, '', location.pathname + (query.size > 0 ? `?${query}` : ''));
  askToSignIn('register');
}

/** Opens the dialog for signing in. */
export const askToSignIn = (way: Way = 'guest') => setOpen(way);

const labels = {
  guest: 'Start listening',
  register: 'Create account',
  logIn: 'Log in',
  recover: 'Set the password and log in',
};
const titles = { guest: 'Come on in', register: 'Come on in', logIn: 'Welcome back', recover: 'A new password' };

export function SignInDialog(): JSX.Element {
  return (
    <Show when={open()}>
      {(way) => (
        <Dialog title={titles[way()]} onClose={() => setOpen(undefined)}>
          <SignInForm way={way()} onWay={setOpen} onDone={() => setOpen(undefined)} />
        </Dialog>
      )}
    </Show>
  );
}

export function SignInForm(props: {
  way: Way;
  onWay?: (way: Way) => void;
  onDone: () => void;
  label?: string;
}): JSX.Element {
  const { account, api } = useApp();
  // Until it is known, and when it cannot be, the hub decides when the form is sent.
  const [signUp] = createResource(
    () => props.way === 'register',
    () => api.signUp().catch(() => undefined),
  );
  const mode = () => (props.way === 'register' ? signUp.latest?.mode : undefined);
  const [refusal, setRefusal] = createSignal<Refusal>();
  const [busy, setBusy] = createSignal(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    setRefusal(undefined);
    try {
      if (props.way === 'guest') await account.guest(value('displayName'));
      else if (props.way === 'logIn') await account.logIn(value('handle'), String(form.get('password')));
      else if (props.way === 'recover')
        await account.recover(value('handle'), value('code'), String(form.get('password')));
      else
        await account.register(
          value('handle'),
          String(form.get('password')),
          value('displayName') || value('handle'),
          value('invite') || undefined,
        );
      props.onDone();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form class="sign-in" onSubmit={submit}>
      <Show
        when={props.way !== 'logIn' && props.way !== 'recover' && !(props.way === 'register' && account.user()?.guest)}
      >
        <label class="field">
          Display name
          <input
            class="input"
            name="displayName"
            required
            maxlength="40"
            autocomplete="nickname"
            placeholder="What should people call you?"
          />
        </label>
      </Show>
      <Show when={props.way !== 'guest'}>
        <label class="field">
          Handle
          <input
            class="input"
            name="handle"
            required
            minlength="3"
            maxlength="30"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
          />
        </label>
        <Show when={props.way === 'recover'}>
          <label class="field">
            Recovery code
            <input
              class="input"
              name="code"
              required
              autocomplete="one-time-code"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="XXXX-XXXX-XXXX-XXXX"
            />
          </label>
        </Show>
        <label class="field">
          {props.way === 'recover' ? 'New password' : 'Password'}
          <input
            class="input"
            name="password"
            type="password"
            required
            minlength={props.way === 'logIn' ? 1 : 8}
            autocomplete={props.way === 'logIn' ? 'current-password' : 'new-password'}
          />
        </label>
      </Show>
      <Show when={mode() === 'invitation'}>
        <label class="field">
          Invitation
          <input class="input" name="invite" required value={invite ?? ''} autocomplete="off" />
        </label>
      </Show>
      <Show when={mode() === 'closed'}>
        <p>This hub takes no new accounts.</p>
      </Show>
      <Show when={refusal()}>
        {(why) => (
          <p role="alert" class="form-refusal">
            {why().message}
          </p>
        )}
      </Show>
      <button type="submit" class="button primary big" disabled={busy() || mode() === 'closed'}>
        {props.label ?? labels[props.way]}
      </button>
      <Show when={props.onWay}>
        {(onWay) => (
          <p class="row wrap small dim">
            <Show when={props.way !== 'guest'}>
              <button type="button" class="button quiet" onClick={() => onWay()('guest')}>
                Join as a guest
              </button>
            </Show>
            <Show when={props.way !== 'register'}>
              <button type="button" class="button quiet" onClick={() => onWay()('register')}>
                Create an account
              </button>
            </Show>
            <Show when={props.way !== 'logIn'}>
              <button type="button" class="button quiet" onClick={() => onWay()('logIn')}>
                Log in
              </button>
            </Show>
            <Show when={props.way === 'logIn'}>
              <button type="button" class="button quiet" onClick={() => onWay()('recover')}>
                Forgot your password?
              </button>
            </Show>
          </p>
        )}
      </Show>
    </form>
  );
}
