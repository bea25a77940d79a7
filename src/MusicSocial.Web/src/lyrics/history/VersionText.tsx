import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { useApp } from '../../shell/app';
import { clockText } from '../../shell/time';
import { attempt } from '../../shell/toasts';
import type { Track } from '../../wire/contract';
import { directionOf } from '../language';

/** The text of a version, read on demand, with the version's buttons. */
export function VersionText(props: { track: Track; revision: number; children: JSX.Element }): JSX.Element {
  const { api } = useApp();
  const [open, setOpen] = createSignal(false);
  const [sheet] = createResource(open, () => attempt(() => api.lyricRevision(props.track.id, props.revision)));
  const lines = () => (sheet()?.lines ?? []).filter((line) => line.text.trim() !== '');

  return (
    <>
      <div class="row wrap">
        <button type="button" class="chip" aria-expanded={open()} onClick={() => setOpen((before) => !before)}>
          {open() ? 'Fold' : 'Look'}
        </button>
        {props.children}
      </div>
      <Show
        when={open() && !sheet.loading}
        fallback={<Show when={open()}>{<p class="dim small">Reading it…</p>}</Show>}
      >
        <ol class="version-text" aria-label="What it says" lang={sheet()?.language ?? undefined} tabindex="0">
          <For each={lines()}>
            {(line) => (
              <li classList={{ background: line.role === 'bg' }}>
                <span class="num dim">{typeof line.startMs === 'number' ? clockText(line.startMs) : ''}</span>
                <span dir={directionOf(line.text)}>{line.text}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </>
  );
}
