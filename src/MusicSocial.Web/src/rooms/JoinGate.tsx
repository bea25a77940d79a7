import { type JSX, Show } from 'solid-js';
import { askToSignIn, SignInForm } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import type { Room } from '../wire/contract';
import type { Refusal } from '../wire/refusal';

/** Before a room is joined: a display name for users without an account, the password of a room that has one. */
export function JoinGate(props: {
  room: Room | undefined;
  code: string;
  askPassword: boolean;
  refusal: Refusal | undefined;
  /** A password was tried already. */
  tried: boolean;
  onPassword: (password: string) => void;
}): JSX.Element {
  const { account, player } = useApp();
  return (
    <div class="page gate">
      <Icon name="headphones" size={40} />
      <h1>{props.room?.name ?? 'A listening room'}</h1>
      <p class="dim">
        <Show when={props.room} fallback="This room asks for its password.">
          {(found) => `${found().listeners} listening now. Everyone hears the same second.`}
        </Show>
      </p>
      <div class="welcome-card" onSubmit={() => player.warmUp()}>
        <Show
          when={account.user()}
          fallback={
            <>
              <SignInForm way="guest" label="Join the room" onDone={() => {}} />
              <button type="button" class="text-link" onClick={() => askToSignIn('logIn')}>
                I have an account
              </button>
            </>
          }
        >
          <form
            class="sign-in"
            onSubmit={(event) => {
              event.preventDefault();
              props.onPassword(String(new FormData(event.currentTarget).get('password')));
            }}
          >
            <label class="field">
              Password
              <input class="input" name="password" type="password" required autocomplete="off" />
            </label>
            <Show when={props.tried && props.refusal?.code === 'room.password'}>
              <p role="alert" class="form-refusal">
                {props.refusal?.message}
              </p>
            </Show>
            <button type="submit" class="button primary big">
              Join the room
            </button>
          </form>
        </Show>
      </div>
    </div>
  );
}
