import { createSignal, type JSX, Show } from 'solid-js';
import { isRefusal, type Refusal } from '../wire/refusal';

/** A form that shows why it was refused, and is empty again when it was not. */
export function ConfirmForm(props: {
  label: string;
  submit: string;
  danger?: boolean;
  onSubmit: (data: FormData) => Promise<void>;
  children: JSX.Element;
}): JSX.Element {
  const [refusal, setRefusal] = createSignal<Refusal>();
  const [busy, setBusy] = createSignal(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setRefusal(undefined);
    setBusy(true);
    try {
      await props.onSubmit(new FormData(form));
      form.reset();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form class="section sign-in" aria-label={props.label} onSubmit={submit}>
      {props.children}
      <Show when={refusal()}>
        {(why) => (
          <p role="alert" class="form-refusal">
            {why().message}
          </p>
        )}
      </Show>
      <button
        type="submit"
        class="button"
        classList={{ primary: !props.danger, danger: props.danger === true }}
        disabled={busy()}
      >
        {props.submit}
      </button>
    </form>
  );
}

/** A password, asked for by a form. */
export function PasswordField(props: { label: string; name: string; next?: boolean }): JSX.Element {
  return (
    <label class="field">
      {props.label}
      <input
        class="input"
        name={props.name}
        type="password"
        required
        minlength={props.next ? 8 : 1}
        autocomplete={props.next ? 'new-password' : 'current-password'}
      />
    </label>
  );
}
