import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { setHelpOpen } from '../shell/keyboard';
import { describeSync, uncertaintyOf } from './syncText';

/** Shows how exactly this device is in sync with the others. */
export function SyncChip(): JSX.Element {
  const { player, clock } = useApp();
  const read = () => {
    const errorMs = player.sync.errorMs();
    return describeSync(player.source().kind, player.state(), errorMs, uncertaintyOf(clock.reading, errorMs));
  };
  const [sync, setSync] = createSignal(read());
  onMount(() => {
    const id = setInterval(() => setSync(read()), 500);
    onCleanup(() => clearInterval(id));
  });
  return (
    <Show when={!player.previewing() && sync()}>
      {(text) => (
        <button
          type="button"
          class="chip sync num"
          data-tone={text().tone}
          title="How exactly you hear what the others hear"
          onClick={() => setHelpOpen(true)}
        >
          <i aria-hidden="true" />
          {text().text}
        </button>
      )}
    </Show>
  );
}
