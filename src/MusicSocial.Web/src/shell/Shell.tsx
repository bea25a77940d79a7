import { createEffect, ErrorBoundary, type JSX, lazy, Match, on, Show, Suspense, Switch } from 'solid-js';
import { acceptInvitation, SignInDialog } from '../accounts/SignIn';
import { PlayerBar } from '../playback/PlayerBar';
import { AppContext, createApp } from './app';
import { ConnectionBanner } from './ConnectionBanner';
import { exposeForTests } from './debugHook';
import { Home } from './Home';
import { bindKeyboard, helpOpen, setHelpOpen } from './keyboard';
import { links, route, watchLinks } from './router';
import { Toasts } from './Toasts';
import { TopBar } from './TopBar';
import { applyTheme, colourFrom } from './theme';

const SongPage = lazy(() => import('../catalog/SongPage').then((m) => ({ default: m.SongPage })));
const TimingPage = lazy(() => import('../lyrics/timing/TimingPage').then((m) => ({ default: m.TimingPage })));
const RoomPage = lazy(() => import('../rooms/RoomPage').then((m) => ({ default: m.RoomPage })));
const Search = lazy(() => import('../catalog/Search').then((m) => ({ default: m.Search })));
const FriendsPage = lazy(() => import('../friends/FriendsPage').then((m) => ({ default: m.FriendsPage })));
const ProfilePage = lazy(() => import('../friends/ProfilePage').then((m) => ({ default: m.ProfilePage })));
const AccountPage = lazy(() => import('../accounts/AccountPage').then((m) => ({ default: m.AccountPage })));
const AdminPage = lazy(() => import('../moderation/AdminPage').then((m) => ({ default: m.AdminPage })));
const NewCodes = lazy(() => import('../accounts/NewCodes').then((m) => ({ default: m.NewCodes })));
const Help = lazy(() => import('./Help').then((m) => ({ default: m.Help })));

export function Shell(): JSX.Element {
  const app = createApp();
  applyTheme();
  watchLinks();
  if (!app.account.user() || app.account.user()?.guest) acceptInvitation();
  bindKeyboard(app);
  exposeForTests(app);
  createEffect(() => {
    const page = route().page;
    if (page !== 'song' && page !== 'timing') colourFrom(app.player.track()?.coverUrl);
    if (page === 'home' || page === 'search' || page === 'missing') document.title = 'MusicSocial';
  });

  return (
    <AppContext.Provider value={app}>
      <a class="skip-link" href="#content">
        Skip to content
      </a>
      <TopBar />
      <ConnectionBanner />
      <main id="content" tabindex="-1">
        <ErrorBoundary fallback={(error, reset) => <Broken error={error} onLeave={reset} />}>
          <Suspense fallback={<p class="blank coming">One moment…</p>}>
            <Switch fallback={<Missing />}>
              <Match when={route().page === 'home'}>
                <Home />
              </Match>
              <Match when={route().page === 'search'}>
                <Search />
              </Match>
              <Match when={songId()} keyed>
                {(id) => <SongPage id={id} fromMs={moment()} />}
              </Match>
              <Match when={timingId()} keyed>
                {(id) => <TimingPage id={id} />}
              </Match>
              <Match when={roomCode()} keyed>
                {(code) => <RoomPage code={code} />}
              </Match>
              <Match when={route().page === 'friends'}>
                <FriendsPage />
              </Match>
              <Match when={route().page === 'account'}>
                <AccountPage />
              </Match>
              <Match when={route().page === 'admin'}>
                <AdminPage />
              </Match>
              <Match when={profileHandle()} keyed>
                {(handle) => <ProfilePage handle={handle} />}
              </Match>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <PlayerBar />
      <Toasts />
      <SignInDialog />
      <Suspense>
        <Show when={app.account.newCodes()}>{(codes) => <NewCodes codes={codes()} />}</Show>
        <Show when={helpOpen()}>
          <Help onClose={() => setHelpOpen(false)} />
        </Show>
      </Suspense>
    </AppContext.Provider>
  );
}

const songId = () => {
  const current = route();
  return current.page === 'song' ? current.id : undefined;
};
const moment = () => {
  const current = route();
  return current.page === 'song' ? current.fromMs : undefined;
};
const timingId = () => {
  const current = route();
  return current.page === 'timing' ? current.id : undefined;
};
const roomCode = () => {
  const current = route();
  return current.page === 'room' ? current.code : undefined;
};
const profileHandle = () => {
  const current = route();
  return current.page === 'profile' ? current.handle : undefined;
};

/** A page that threw, or whose script could not be loaded: the rest of the app, and what plays, goes on. */
function Broken(props: { error: unknown; onLeave: () => void }): JSX.Element {
  console.error('A page could not be shown.', props.error);
  createEffect(on(route, () => props.onLeave(), { defer: true }));
  return (
    <div class="page blank" role="alert">
      <h1>This page could not be shown</h1>
      <p>The connection may have been lost, or the app was updated meanwhile.</p>
      <button type="button" class="button primary" onClick={() => location.reload()}>
        Try again
      </button>
    </div>
  );
}

function Missing(): JSX.Element {
  return (
    <div class="page blank">
      <h1>Nothing plays here</h1>
      <p>This page does not exist.</p>
      <a class="button primary" href={links.home}>
        Back to the music
      </a>
    </div>
  );
}
