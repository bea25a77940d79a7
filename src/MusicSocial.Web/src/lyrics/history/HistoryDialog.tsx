import { createResource, createSignal, For, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { askToSignIn } from '../accounts/SignIn';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { agoText } from '../shell/time';
import { attempt, tell } from '../shell/toasts';
import type { CueSheet, LyricRevision, ReportReason, Track } from '../wire/contract';
import { offsetText } from './OffsetStepper';
import './history.css';

const reasons: readonly [ReportReason, string][] = [
  ['badTiming', 'The times are wrong'],
  ['wrongSong', 'Words of another song'],
  ['offensive', 'Offensive'],
  ['spam', 'Advertising or noise'],
  ['other', 'Something else'],
];

const timings = { none: 'without times', lines: 'timed by line', words: 'timed by word' };

function whatHappened({ kind, from, offsetMs }: LyricRevision): string {
  if (kind === 'upload') return 'uploaded a file';
  if (kind === 'shift') return `shifted everything, now ${offsetText(offsetMs)}`;
  if (kind === 'revert') return from ? `went back to version ${from}` : 'went back to what the song brings';
  return 'wrote or timed them';
}

/** Who made these lyrics what they are: every version can be brought back, and reported. */
export function HistoryDialog(props: {
  track: Track;
  onReverted: (sheet: CueSheet) => void;
  onClose: () => void;
}): JSX.Element {
  const { api, account, clock } = useApp();
  const [reporting, setReporting] = createSignal<number>();
  const [revisions, { refetch }] = createResource(() => attempt(() => api.lyricRevisions(props.track.id)));
  const items = () => revisions.latest?.items ?? [];

  async function bringBack(revision: number): Promise<void> {
    if (account.user() === undefined) return void askToSignIn();
    const sheet = await attempt(() => api.revertLyrics(props.track.id, revision));
    if (sheet === undefined) return;
    props.onReverted(sheet);
    tell('Brought back, for everybody.');
    void refetch();
  }

  async function report(revision: number, form: HTMLFormElement): Promise<void> {
    if (account.user() === undefined) return void askToSignIn();
    const entries = new FormData(form);
    const note = String(entries.get('note') ?? '');
    const done = await attempt(async () => {
      await api.reportLyrics(props.track.id, revision, String(entries.get('reason')) as ReportReason, note);
      return true;
    });
    if (!done) return;
    setReporting(undefined);
    tell('Thank you for telling.');
    void refetch();
  }

  return (
    <Dialog title="Versions of these lyrics" onClose={props.onClose}>
      <Show when={!revisions.loading || items().length > 0} fallback={<p class="dim">Looking them up…</p>}>
        <ol class="versions">
          <For each={items()}>
            {(item) => (
              <li>
                <Avatar user={item.by} />
                <div class="grow">
                  <p>
                    <strong>{item.by.displayName}</strong> {whatHappened(item)}
                  </p>
                  <p class="dim small">
                    Version {item.revision} · {item.lines} lines, {timings[item.timing]} ·{' '}
                    {agoText(item.atMs, clock.ready ? clock.now() : item.atMs)}
                    <Show when={item.reports > 0}>
                      {' '}
                      · reported {item.reports === 1 ? 'once' : `${item.reports} times`}
                    </Show>
                  </p>
                  <div class="row wrap">
                    <Show when={!item.current} fallback={<span class="chip current">Shown to everybody</span>}>
                      <button type="button" class="chip" onClick={() => void bringBack(item.revision)}>
                        Bring back
                      </button>
                    </Show>
                    <button
                      type="button"
                      class="chip"
                      aria-expanded={reporting() === item.revision}
                      onClick={() => setReporting(reporting() === item.revision ? undefined : item.revision)}
                    >
                      Report
                    </button>
                  </div>
                  <Show when={reporting() === item.revision}>
                    <form
                      class="report"
                      onSubmit={(event) => {
                        event.preventDefault();
                        void report(item.revision, event.currentTarget);
                      }}
                    >
                      <select class="select" name="reason" aria-label="What is wrong">
                        <For each={reasons}>{([reason, text]) => <option value={reason}>{text}</option>}</For>
                      </select>
                      <input
                        class="input"
                        name="note"
                        maxlength="500"
                        aria-label="A note"
                        placeholder="A note, if it helps"
                      />
                      <button type="submit" class="button">
                        Send report
                      </button>
                    </form>
                  </Show>
                </div>
              </li>
            )}
          </For>
          <li>
            <div class="grow">
              <p>
                <strong>The beginning</strong>
              </p>
              <p class="dim small">
                {items().length > 0 ? 'What the song brings itself.' : 'Nobody changed what the song brings itself.'}
              </p>
              <Show when={items().length > 0}>
                <button type="button" class="chip" onClick={() => void bringBack(0)}>
                  Bring back
                </button>
              </Show>
            </div>
          </li>
        </ol>
      </Show>
    </Dialog>
  );
}
