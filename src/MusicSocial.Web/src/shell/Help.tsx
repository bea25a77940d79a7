import type { JSX } from 'solid-js';
import { SyncPanel } from '../playback/SyncPanel';
import { Dialog } from './Dialog';
import { Keys } from './Keys';
import { shortcuts } from './keyboard';
import { bubblesOn, evensLoudness, setBubblesOn, setEvensLoudness } from './preferences';

export function Help(props: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title="Keyboard and sync" onClose={props.onClose}>
      <Keys keys={shortcuts} />
      <SyncPanel />
      <label class="switch">
        <input
          type="checkbox"
          checked={evensLoudness()}
          onChange={(event) => setEvensLoudness(event.currentTarget.checked)}
        />
        <span>Even out loudness</span>
      </label>
      <label class="switch">
        <input type="checkbox" checked={bubblesOn()} onChange={(event) => setBubblesOn(event.currentTarget.checked)} />
        <span>Comments rise over the lyrics</span>
      </label>
    </Dialog>
  );
}
