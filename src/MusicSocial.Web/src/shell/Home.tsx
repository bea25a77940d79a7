import { createSignal, type JSX, Show } from 'solid-js';
import { askToSignIn, SignInForm } from '../accounts/SignIn';
import { Songs } from '../catalog/Songs';
import { CreateRoom } from '../rooms/CreateRoom';
import { JoinByCode } from '../rooms/JoinByCode';
import { RoomDirectory } from '../rooms/RoomDirectory';
import { useApp } from './app';
import { Icon } from './Icon';
import './styles/home.css';

export function Home(): JSX.Element {
  const { account } = useApp();
  const [creating, setCreating] = createSignal(false);
  return (
    <div class="page">
      <Show when={account.user()} fallback={<Welcome />}>
        {(user) => (
          <div class="greeting">
            <h1>
              {greetingAt(new Date().getHours())}, {user().displayName}
            </h1>
            <div class="row wrap">
              <button type="button" class="button primary big" onClick={() => setCreating(true)}>
                <Icon name="plus" /> Start a room
              </button>
              <JoinByCode />
            </div>
          </div>
        )}
      </Show>
      <section class="section" aria-labelledby="rooms-title">
        <div class="section-head">
          <h2 id="rooms-title">Playing together now</h2>
        </div>
        <RoomDirectory onCreate={() => (account.user() ? setCreating(true) : askToSignIn())} />
      </section>
      <section class="section" aria-labelledby="songs-title">
        <div class="section-head">
          <h2 id="songs-title">Songs</h2>
        </div>
        <Songs query="" />
      </section>
      <Show when={creating()}>
        <CreateRoom onClose={() => setCreating(false)} />
      </Show>
    </div>
  );
}

function Welcome(): JSX.Element {
  return (
    <div class="welcome">
      <div>
        <h1>Hear it together.</h1>
        <p class="lead">
          Rooms where everyone hears the same note at the same moment — lyrics word by word, comments on the very
          second, friends a click away.
        </p>
      </div>
      <div class="welcome-card">
        <SignInForm way="guest" onDone={() => {}} />
        <p class="small dim row wrap">
          Been here before?
          <button type="button" class="text-link" onClick={() => askToSignIn('logIn')}>
            Log in
          </button>
          <button type="button" class="text-link" onClick={() => askToSignIn('register')}>
            Create an account
          </button>
        </p>
      </div>
    </div>
  );
}

function greetingAt(hour: number): string {
  if (hour < 5) return 'Still up';
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
