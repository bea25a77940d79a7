import { createResource, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { attempt } from '../shell/toasts';

const reasons: Record<string, string> = {
  unreadable: 'holds no sound, or is broken',
  copy: 'is the same sound as a song that is listed',
  name: 'has a name that cannot be read',
  folder: 'may not be listed',
};

const lookEveryMs = 2_000;

/** What the hub found in the music folders, and what it left out and why. */
export function MusicScan(): JSX.Element {
  const { api } = useApp();
  const [scan, { mutate, refetch }] = createResource(() => attempt(() => api.scan()));
  onMount(() => {
    const id = setInterval(() => scan.latest?.running && void refetch(), lookEveryMs);
    onCleanup(() => clearInterval(id));
  });
  const look = (force: boolean) => attempt(() => api.startScan(force)).then((state) => state && mutate(state));
  return (
    <section class="section" aria-label="Music folders">
      <Show when={scan.latest}>
        {(state) => (
          <>
            <p>
              {state().running ? 'Looking: ' : 'Found '}
              {state().found} files, {state().read} of them read anew.
            </p>
            <p class="row wrap">
              <button type="button" class="button" disabled={state().running} onClick={() => void look(false)}>
                Look for changes
              </button>
              <button type="button" class="button" disabled={state().running} onClick={() => void look(true)}>
                Read every file again
              </button>
            </p>
            <h2>Left out</h2>
            <ul class="section">
              <For each={state().skipped} fallback={<li class="blank">Nothing: all that was found is listed.</li>}>
                {(file) => (
                  <li class="small">
                    <strong>{file.path}</strong> <span class="dim">{reasons[file.reason] ?? file.reason}</span>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
    </section>
  );
}
