import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { Menu } from '../shell/Menu';
import { attempt, notify } from '../shell/toasts';
import type { PersonalList } from '../wire/api';
import type { User } from '../wire/contract';

const ReportDialog = lazy(() => import('../moderation/ReportDialog').then((m) => ({ default: m.ReportDialog })));

export type Decided = Partial<Record<PersonalList, boolean>>;

const words: Record<PersonalList, { on: string; off: string; done: (name: string) => string }> = {
  'circle/close': {
    on: 'Make a close friend',
    off: 'No close friend any more',
    done: (name) => `${name} is in your innermost circle now. They are not told.`,
  },
  mute: { on: 'Mute', off: 'Unmute', done: (name) => `You do not see ${name} any more. They are not told.` },
  block: {
    on: 'Block',
    off: 'Unblock',
    done: (name) => `You and ${name} do not see each other any more. They are not told.`,
  },
};

/** What one can do about another person, or about something of theirs: choose, mute, block, report. */
export function PersonMenu(props: {
  user: User;
  /** What is decided already; without, only what hides the person is offered. */
  decided?: Decided;
  report: { kind: 'user' | 'comment' | 'chat'; id: string };
  onChange?: () => void;
}): JSX.Element {
  const { api } = useApp();
  const [reporting, setReporting] = createSignal(false);
  const name = () => props.user.displayName;

  async function set(list: PersonalList, on: boolean): Promise<void> {
    const done = await attempt(() => api.setListed(props.user.handle, list, on));
    if (done === undefined) return;
    props.onChange?.();
    if (!on) return notify(`Undone for ${name()}.`);
    notify(words[list].done(name()), { action: { label: 'Undo', run: () => void set(list, false) } });
  }

  const item = (list: PersonalList): JSX.Element => (
    <button type="button" class="menu-item" onClick={() => void set(list, props.decided?.[list] !== true)}>
      {props.decided?.[list] ? words[list].off : words[list].on}
    </button>
  );

  return (
    <>
      <Menu label={`More about ${name()}`} trigger={<Icon name="more" size={18} />}>
        <Show when={props.decided && !props.decided.block}>{item('circle/close')}</Show>
        {item('mute')}
        {item('block')}
        <button type="button" class="menu-item" onClick={() => setReporting(true)}>
          Report
        </button>
      </Menu>
      <Suspense>
        <Show when={reporting()}>
          <ReportDialog about={props.report} name={name()} onClose={() => setReporting(false)} />
        </Show>
      </Suspense>
    </>
  );
}
