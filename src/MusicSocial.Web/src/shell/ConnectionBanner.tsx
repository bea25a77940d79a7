import { createEffect, createSignal, type JSX, Match, onCleanup, Switch } from 'solid-js';
import { useApp } from './app';

const patienceMs = 900;

/** Says that the hub cannot be reached, once that has lasted for a second. */
export function ConnectionBanner(): JSX.Element {
  const { connection, connectionState } = useApp();
  const [away, setAway] = createSignal(false);
  createEffect(() => {
    const state = connectionState();
    if (state === 'connected' || state === 'closed') {
      setAway(false);
      return;
    }
    const id = setTimeout(() => setAway(true), patienceMs);
    onCleanup(() => clearTimeout(id));
  });
  return (
    <div role="status">
      <Switch>
        <Match when={away() && connectionState() === 'draining'}>
          <div class="banner">
            <span class="pulse" />
            The server is moving house. The music goes on; back in a moment.
          </div>
        </Match>
        <Match when={away()}>
          <div class="banner">
            <span class="pulse" />
            {connectionState() === 'connecting' ? 'Connecting…' : 'Reconnecting… the music keeps time meanwhile.'}
            <button type="button" class="text-link" onClick={() => connection.hurry()}>
              Try now
            </button>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
