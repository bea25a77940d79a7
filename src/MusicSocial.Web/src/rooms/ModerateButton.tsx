import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js';
import { useApp } from '../shell/app';
import type { User } from '../wire/contract';
import { mayModerate } from './permissions';

const ModerateDialog = lazy(() => import('./ModerateDialog').then((m) => ({ default: m.ModerateDialog })));

/** Beside a person: opens what may be done about them; not there for those who may do nothing. */
export function ModerateButton(props: { user: User }): JSX.Element {
  const { account, room } = useApp();
  const [open, setOpen] = createSignal(false);
  const may = () => {
    const here = room.room();
    return here !== undefined && mayModerate(here, account.user()?.id, props.user.id);
  };
  return (
    <Show when={may()}>
      <button
        type="button"
        class="chip"
        aria-label={`Moderate ${props.user.displayName}`}
        onClick={() => setOpen(true)}
      >
        Moderate
      </button>
      <Show when={open()}>
        <Suspense>
          <ModerateDialog user={props.user} onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </Show>
  );
}
