import { batch, For, type JSX, Show } from 'solid-js';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { Menu } from '../shell/Menu';
import { links } from '../shell/router';
import { attempt, notify } from '../shell/toasts';
import type { CueSheet } from '../wire/contract';
import { languageName } from './language';
import { isRomanised, readings, translationsOf } from './layers';
import { OffsetStepper } from './OffsetStepper';
import {
  chooseLayers,
  deviceOffsetMs,
  layerChoice,
  setDeviceOffsetMs,
  setSongOffsetMs,
  songOffsetMs,
} from './preferences';

/** Options for reading along: layers, the timing on this device, and links to better the lyrics. */
export function LyricsOptions(props: {
  trackId: string;
  sheet: CueSheet;
  onHistory: () => void;
  onSheet: (sheet: CueSheet) => void;
}): JSX.Element {
  const { api, account } = useApp();

  async function shiftForAll(): Promise<void> {
    if (account.user() === undefined) return void askToSignIn();
    const sheet = await attempt(() =>
      api.shiftLyrics(props.trackId, songOffsetMs(props.trackId), props.sheet.revision),
    );
    if (sheet === undefined) return;
    batch(() => {
      setSongOffsetMs(props.trackId, 0);
      props.onSheet(sheet);
    });
    notify('Moved, for everyone.');
  }

  const translation = () => readings(props.sheet, layerChoice(), navigator.languages).translation;
  return (
    <Menu label="Lyrics options" trigger={<Icon name="text" />} wide stays>
      <div class="lyrics-options">
        <Show when={translationsOf(props.sheet).length > 0}>
          <label class="stepper">
            <span class="grow">Translation</span>
            <select
              class="select"
              value={translation() ?? 'off'}
              onChange={(event) => chooseLayers({ translation: event.currentTarget.value })}
            >
              <option value="off">Off</option>
              <For each={translationsOf(props.sheet)}>
                {(language) => <option value={language}>{languageName(language)}</option>}
              </For>
            </select>
          </label>
        </Show>
        <Show when={isRomanised(props.sheet)}>
          <label class="switch">
            <input
              type="checkbox"
              checked={layerChoice().romanisation}
              onChange={(event) => chooseLayers({ romanisation: event.currentTarget.checked })}
            />
            <span>How it sounds, in Latin letters</span>
          </label>
        </Show>
        <Show when={props.sheet.synced}>
          <OffsetStepper
            label="This song"
            ms={songOffsetMs(props.trackId)}
            onMove={(ms) => setSongOffsetMs(props.trackId, ms)}
          />
          <Show when={songOffsetMs(props.trackId) !== 0}>
            <button type="button" class="chip for-all" onClick={() => void shiftForAll()}>
              Move this song’s lyrics for everyone
            </button>
          </Show>
          <OffsetStepper label="Every song, on this device" ms={deviceOffsetMs()} onMove={setDeviceOffsetMs} />
        </Show>
        <hr />
        <a class="menu-item" href={links.timing(props.trackId)}>
          <Icon name="tap" /> {props.sheet.synced ? 'Improve the timing' : 'Tap along to time them'}
        </a>
        <button type="button" class="menu-item" onClick={() => props.onHistory()}>
          <Icon name="history" /> Earlier versions
        </button>
        <Show when={props.sheet.by}>{(by) => <p class="dim small">As {by().displayName} left them.</p>}</Show>
      </div>
    </Menu>
  );
}
