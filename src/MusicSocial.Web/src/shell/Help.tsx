import { For, type JSX } from 'solid-js';
import { SyncPanel } from '../playback/SyncPanel';
import { Dialog } from './Dialog';
import { shortcuts } from './keyboard';
import { bubblesOn, setBubblesOn } from './preferences';

export function Help(props: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title="Keyboard and sync" onClose={props.onClose}>
      <dl class="keys">
        <For each={shortcuts}>
          {([key, meaning]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </>
          )}
        </For>
      </dl>
      <SyncPanel />
      <label class="switch">
        <input type="checkbox" checked={bubblesOn()} onChange={(event) => setBubblesOn(event.currentTarget.checked)} />
        <span>Comments rise over the lyrics</span>
      </label>
    </Dialog>
  );
}
