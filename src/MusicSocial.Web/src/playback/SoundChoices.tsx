import { createSignal, type JSX, Show } from 'solid-js';
import type { Preference } from '../audio/outputSelector';
import type { Quality } from '../audio/renditions';
import { useApp } from '../shell/app';

/** How the sound is made on this device and of which file: what a listener may choose about it. */
export function SoundChoices(props: { engine: string }): JSX.Element {
  const { player } = useApp();
  const [preference, setPreference] = createSignal(player.settings.preferredEngine());
  const [quality, setQuality] = createSignal(player.settings.quality());
  const isShared = () => player.source().kind === 'room' || player.source().kind === 'along';
  return (
    <>
      <label class="field">
        Sound engine
        <select
          value={preference()}
          onChange={(event) => {
            player.settings.preferEngine(setPreference(event.currentTarget.value as Preference));
          }}
        >
          <option value="automatic">Placed chunks where possible</option>
          <option value="element">Media element</option>
        </select>
      </label>
      <Show when={preference() === 'automatic' && isShared() && player.track() && props.engine === 'element'}>
        <p class="small dim">
          This song is heard through the media element. If the hub is still cutting it, chunks are heard from the next
          song on.
        </p>
      </Show>
      <label class="field">
        Quality
        <select
          value={quality()}
          onChange={(event) => {
            player.settings.preferQuality(setQuality(event.currentTarget.value as Quality));
          }}
        >
          <option value="original">Original file</option>
          <option value="opus">Opus, 128 kbit/s</option>
        </select>
      </label>
      <p class="small dim">
        From the next song on. Opus needs fewer bytes; where the hub has not coded a song yet, the original is heard.
        Placed chunks are always Opus.
      </p>
    </>
  );
}
