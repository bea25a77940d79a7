import { createResource, For, type JSX, Show } from 'solid-js';
import { askToSignIn } from '../../accounts/SignIn';
import { useApp } from '../../shell/app';
import { Dialog } from '../../shell/Dialog';
import { attempt, notify } from '../../shell/toasts';
import type { CueSheet, Track } from '../../wire/contract';
import { Version } from './Version';
import { VersionText } from './VersionText';
import './history.css';

/** The versions of a song's lyrics: each can be read, brought back, and reported. */
export function HistoryDialog(props: {
  track: Track;
  onReverted: (sheet: CueSheet) => void;
  onClose: () => void;
}): JSX.Element {
  const { api, account } = useApp();
  const [revisions, { refetch }] = createResource(() => attempt(() => api.lyricRevisions(props.track.id)));
  const items = () => revisions.latest?.items ?? [];
  const isReported = () => items().some((item) => item.reports > 0);
  // Reports are for users who can bring back another version.
  const mayRead = () => account.user()?.guest === false && isReported();
  const [reports] = createResource(mayRead, () => attempt(() => api.lyricReports(props.track.id)));
  const isReportedNow = () => items().some((item) => item.current && item.reports > 0);

  async function bringBack(revision: number): Promise<void> {
    if (account.user() === undefined) return void askToSignIn();
    const sheet = await attempt(() => api.revertLyrics(props.track.id, revision));
    if (sheet === undefined) return;
    props.onReverted(sheet);
    notify('Brought back, for everyone.');
    void refetch();
  }

  return (
    <Dialog title="Versions of these lyrics" onClose={props.onClose}>
      <Show when={!revisions.loading || items().length > 0} fallback={<p class="dim">Looking them up…</p>}>
        <Show when={isReportedNow()}>
          <p class="history-note" role="note">
            The version that everyone sees was reported. If the report is right, bring back a better one.
          </p>
        </Show>
        <ol class="versions">
          <For each={items()}>
            {(item) => (
              <Version
                track={props.track}
                item={item}
                reports={(reports.latest?.items ?? []).filter((report) => report.revision === item.revision)}
                onBringBack={() => void bringBack(item.revision)}
                onReported={() => void refetch()}
              />
            )}
          </For>
          <li>
            <div class="grow">
              <p>
                <strong>The beginning</strong>
              </p>
              <p class="dim small">
                {items().length > 0 ? 'What the song brings itself.' : 'What the song brings itself was never changed.'}
              </p>
              <Show when={items().length > 0}>
                <VersionText track={props.track} revision={0}>
                  <button type="button" class="chip" onClick={() => void bringBack(0)}>
                    Bring back
                  </button>
                </VersionText>
              </Show>
            </div>
          </li>
        </ol>
      </Show>
    </Dialog>
  );
}
