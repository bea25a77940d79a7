import { createSignal, For, type JSX, Show } from 'solid-js';
import { Avatar } from '../../accounts/Avatar';
import { useApp } from '../../shell/app';
import { agoText } from '../../shell/time';
import type { LyricReport, LyricRevision, Track } from '../../wire/contract';
import { offsetText } from '../OffsetStepper';
import { ReportForm } from './ReportForm';
import { reasonText } from './reasons';
import { VersionText } from './VersionText';

const timings = { none: 'without times', lines: 'timed by line', words: 'timed by word' };

function whatHappened({ kind, from, offsetMs }: LyricRevision): string {
  if (kind === 'upload') return 'uploaded a file';
  if (kind === 'shift') return `shifted everything, now ${offsetText(offsetMs)}`;
  if (kind === 'revert') return from ? `went back to version ${from}` : 'went back to what the song brings';
  return 'wrote or timed them';
}

/** One version: its author, its text, its reports. */
export function Version(props: {
  track: Track;
  item: LyricRevision;
  reports: readonly LyricReport[];
  onBringBack: () => void;
  onReported: () => void;
}): JSX.Element {
  const { clock } = useApp();
  const [reporting, setReporting] = createSignal(false);
  const ago = (atMs: number) => agoText(atMs, clock.ready ? clock.now() : atMs);

  return (
    <li>
      <Avatar user={props.item.by} />
      <div class="grow">
        <p>
          <strong>{props.item.by.displayName}</strong> {whatHappened(props.item)}
        </p>
        <p class="dim small">
          Version {props.item.revision} · {props.item.lines} {props.item.lines === 1 ? 'line' : 'lines'},{' '}
          {timings[props.item.timing]} · {ago(props.item.atMs)}
          <Show when={props.item.reports > 0}>
            {' '}
            · <span class="reported">reported {props.item.reports === 1 ? 'once' : `${props.item.reports} times`}</span>
          </Show>
        </p>
        <Show when={props.reports.length > 0}>
          <ul class="reports" aria-label={`Reports of version ${props.item.revision}`}>
            <For each={props.reports}>
              {(report) => (
                <li class="small">
                  <strong>{reasonText(report.reason)}</strong>
                  <Show when={report.note}>
                    {(note) => (
                      <>
                        {': '}
                        <q>{note()}</q>
                      </>
                    )}
                  </Show>
                  <span class="dim">
                    {' '}
                    {report.by.displayName}, {ago(report.atMs)}
                  </span>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <VersionText track={props.track} revision={props.item.revision}>
          <Show when={!props.item.current} fallback={<span class="chip current">Shown to everyone</span>}>
            <button type="button" class="chip" onClick={() => props.onBringBack()}>
              Bring back
            </button>
          </Show>
          <button
            type="button"
            class="chip"
            aria-expanded={reporting()}
            onClick={() => setReporting((before) => !before)}
          >
            Report
          </button>
        </VersionText>
        <Show when={reporting()}>
          <ReportForm
            track={props.track}
            revision={props.item.revision}
            onSent={() => {
              setReporting(false);
              props.onReported();
            }}
          />
        </Show>
      </div>
    </li>
  );
}
