import { createEffect, createResource, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import { agoText } from '../shell/time';
import { attempt, notify } from '../shell/toasts';
import type { HubRole, PersonRecord, ReportCase, ReportState } from '../wire/contract';
import { Invitations } from './Invitations';
import { MusicScan } from './MusicScan';
import '../friends/friends.css';

const views = {
  reports: 'Reports',
  people: 'People',
  invitations: 'Invitations',
  music: 'Music',
  audit: 'What was decided',
} as const;
type View = keyof typeof views;
const forOperators: readonly View[] = ['invitations', 'music'];
const viewsOf = (role: HubRole) =>
  (Object.keys(views) as View[]).filter((view) => role === 'operator' || !forOperators.includes(view));

/** Where moderators and operators look after the hub: reports, people, and what was decided. */
export function AdminPage(): JSX.Element {
  const { api, account } = useApp();
  const [me] = createResource(account.user, () => attempt(() => api.me()));
  const [view, setView] = createSignal<View>('reports');
  createEffect(() => {
    document.title = 'Looking after the hub · MusicSocial';
  });
  return (
    <div class="page narrow">
      <h1>Looking after the hub</h1>
      <Show when={me.latest} keyed>
        {(who) => (
          <Show
            when={who.role !== 'member'}
            fallback={<p class="blank">This page is for moderators and operators of the hub.</p>}
          >
            <nav class="row wrap section" aria-label="Views">
              <For each={viewsOf(who.role)}>
                {(name) => (
                  <button
                    type="button"
                    class="chip"
                    aria-pressed={view() === name}
                    classList={{ time: view() === name }}
                    onClick={() => setView(name)}
                  >
                    {views[name]}
                  </button>
                )}
              </For>
            </nav>
            <Switch>
              <Match when={view() === 'reports'}>
                <Reports />
              </Match>
              <Match when={view() === 'people'}>
                <People role={who.role} />
              </Match>
              <Match when={view() === 'invitations'}>
                <Invitations />
              </Match>
              <Match when={view() === 'music'}>
                <MusicScan />
              </Match>
              <Match when={view() === 'audit'}>
                <Audit />
              </Match>
            </Switch>
          </Show>
        )}
      </Show>
      <Show when={account.user() === undefined}>
        <p class="blank">You are not signed in.</p>
      </Show>
    </div>
  );
}

function Reports(): JSX.Element {
  const { api } = useApp();
  const [state, setState] = createSignal<ReportState>('open');
  const [cases, { refetch }] = createResource(state, (shown) => attempt(() => api.reportCases(shown)));
  return (
    <section class="section" aria-label="Reports">
      <label class="row">
        <span class="grow">Show</span>
        <select class="select" onChange={(event) => setState(event.currentTarget.value as ReportState)}>
          <option value="open">Open</option>
          <option value="upheld">Upheld</option>
          <option value="dismissed">Dismissed</option>
        </select>
      </label>
      <ul class="section">
        <For each={cases.latest?.items} fallback={<li class="blank">No reports here.</li>}>
          {(one) => <Case case={one} onDecided={() => void refetch()} />}
        </For>
      </ul>
    </section>
  );
}

const outcomes: Record<string, string> = {
  comment: 'Remove the comment',
  chat: 'Remove the message',
  room: 'Close the room',
};

function Case(props: { case: ReportCase; onDecided: () => void }): JSX.Element {
  const { api, clock } = useApp();
  const open = () => props.case.state === 'open';
  async function decide(decision: 'upheld' | 'dismissed'): Promise<void> {
    const done = await attempt(() => api.decideReport(props.case.id, decision));
    if (done) notify('Decided. The reporters are told.');
    props.onDecided();
  }
  return (
    <li class="panel privacy section">
      <p class="row small">
        <span class="chip">{props.case.kind}</span>
        <Show when={props.case.author}>
          {(author) => <a href={links.profile(author().handle)}>{author().displayName}</a>}
        </Show>
        <span class="dim">
          {props.case.reportCount === 1 ? 'one report' : `${props.case.reportCount} reports`} ·{' '}
          {agoText(props.case.openedAtMs, clock.now())}
        </span>
      </p>
      <Show when={props.case.excerpt}>
        <blockquote dir="auto">{props.case.excerpt}</blockquote>
      </Show>
      <ul class="small">
        <For each={props.case.reports}>
          {(said) => (
            <li>
              <strong>{said.reason}</strong> <span class="dim">by {said.by.displayName}</span> {said.note}
            </li>
          )}
        </For>
      </ul>
      <Show
        when={open()}
        fallback={
          <p class="small dim">
            {props.case.state} by {props.case.decidedBy?.displayName}
          </p>
        }
      >
        <p class="row wrap">
          <button type="button" class="button primary" onClick={() => void decide('upheld')}>
            {outcomes[props.case.kind] ?? 'The reporters are right'}
          </button>
          <button type="button" class="button" onClick={() => void decide('dismissed')}>
            Leave it
          </button>
        </p>
      </Show>
    </li>
  );
}

function People(props: { role: HubRole }): JSX.Element {
  const { api } = useApp();
  const [query, setQuery] = createSignal('');
  const [people, { refetch }] = createResource(query, (handle) => attempt(() => api.peopleRecords(handle)));
  return (
    <section class="section" aria-label="People">
      <input
        class="input"
        aria-label="Handle begins with"
        placeholder="@handle"
        autocapitalize="none"
        onInput={(event) => setQuery(event.currentTarget.value.trim().replace(/^@/, ''))}
      />
      <ul class="section">
        <For each={people.latest?.items} fallback={<li class="blank">No one has such a handle.</li>}>
          {(person) => <PersonLine person={person} role={props.role} onChange={() => void refetch()} />}
        </For>
      </ul>
    </section>
  );
}

function PersonLine(props: { person: PersonRecord; role: HubRole; onChange: () => void }): JSX.Element {
  const { api, clock } = useApp();
  const [suspending, setSuspending] = createSignal(false);
  const [code, setCode] = createSignal<string>();
  const handle = () => props.person.user.handle;
  const suspended = () => (props.person.suspendedUntilMs ?? 0) > clock.now();
  async function reset(): Promise<void> {
    const given = await attempt(() => api.resetPassword(handle()));
    if (given) setCode(given.code);
  }
  async function act(what: () => Promise<unknown>, said: string): Promise<void> {
    const done = await attempt(async () => {
      await what();
      return true;
    });
    if (done) notify(said);
    setSuspending(false);
    props.onChange();
  }
  return (
    <li class="panel privacy section">
      <p class="row">
        <a class="grow" href={links.profile(handle())}>
          <strong>{props.person.user.displayName}</strong> <span class="dim">@{handle()}</span>
        </a>
        <Show when={props.person.role !== 'member'}>
          <span class="chip time">{props.person.role}</span>
        </Show>
        <Show when={suspended()}>
          <span class="chip">suspended: {props.person.suspendedFor}</span>
        </Show>
      </p>
      <p class="row wrap">
        <Show when={props.person.role === 'member'}>
          <Show
            when={!suspended()}
            fallback={
              <button type="button" class="button" onClick={() => void act(() => api.restore(handle()), 'Restored.')}>
                Restore
              </button>
            }
          >
            <button type="button" class="button" onClick={() => setSuspending(true)}>
              Suspend
            </button>
          </Show>
          <button
            type="button"
            class="button"
            onClick={() => void act(() => api.endSessionsOf(handle()), 'Signed out everywhere.')}
          >
            Sign out everywhere
          </button>
        </Show>
        <Show when={props.role === 'operator' && props.person.role !== 'operator' && !props.person.user.guest}>
          <button type="button" class="button" onClick={() => void reset()}>
            Give a new password code
          </button>
          <button
            type="button"
            class="button"
            onClick={() =>
              void act(
                () => api.setRole(handle(), props.person.role === 'moderator' ? 'member' : 'moderator'),
                'The role is changed.',
              )
            }
          >
            {props.person.role === 'moderator' ? 'No moderator any more' : 'Make moderator'}
          </button>
        </Show>
      </p>
      <Show when={code()}>
        <p>
          Give them this code for “Forgot your password?”; it is good once, for a day: <code>{code()}</code>
        </p>
      </Show>
      <Show when={suspending()}>
        <SuspendForm
          onSubmit={(reason, untilMs) => void act(() => api.suspend(handle(), reason, untilMs), 'Suspended.')}
        />
      </Show>
    </li>
  );
}

const dayMs = 86_400_000;

function SuspendForm(props: { onSubmit: (reason: string, untilMs: number | null) => void }): JSX.Element {
  const { clock } = useApp();
  return (
    <form
      class="row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const days = Number(data.get('days'));
        props.onSubmit(String(data.get('reason')), days > 0 ? clock.now() + days * dayMs : null);
      }}
    >
      <input
        class="input grow"
        name="reason"
        required
        maxlength="500"
        aria-label="Reason"
        placeholder="Reason: they are told"
      />
      <select class="select" name="days" aria-label="For how long">
        <option value="1">a day</option>
        <option value="7">a week</option>
        <option value="30">a month</option>
        <option value="0">until restored</option>
      </select>
      <button type="submit" class="button primary">
        Suspend
      </button>
    </form>
  );
}

function Audit(): JSX.Element {
  const { api, clock } = useApp();
  const [log] = createResource(() => attempt(() => api.audit()));
  return (
    <section class="section" aria-label="What was decided">
      <ul>
        <For each={log.latest?.items} fallback={<li class="blank">Nothing was decided yet.</li>}>
          {(entry) => (
            <li class="row small">
              <span class="dim">{agoText(entry.atMs, clock.now())}</span>
              <strong>{entry.action}</strong>
              <span class="grow ellipsis">
                {entry.subject} {entry.reason ? `· ${entry.reason}` : ''}
              </span>
              <span class="dim">{entry.by.displayName}</span>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
