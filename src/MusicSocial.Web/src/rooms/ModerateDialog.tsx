import type { JSX } from 'solid-js';
import { useApp } from '../shell/app';
import { Dialog } from '../shell/Dialog';
import { notify } from '../shell/toasts';
import type { User } from '../wire/contract';
import type { Hub } from '../wire/hub';

/** What to do about a member who disturbs the room. */
export function ModerateDialog(props: { user: User; onClose: () => void }): JSX.Element {
  const { room } = useApp();
  const name = () => props.user.displayName;
  async function act(run: (hub: Hub, roomId: string, userId: string) => Promise<void>, said: string): Promise<void> {
    let done = false;
    await room.command(async (hub, id) => {
      await run(hub, id, props.user.id);
      done = true;
    });
    if (!done) return;
    notify(said);
    props.onClose();
  }
  const ban = (minutes: number | null, how: string) =>
    act((hub, id, userId) => hub.banMember(id, userId, minutes), `${name()} is banned ${how}.`);
  const action = (label: string, run: () => Promise<void>, danger = false) => (
    <button type="button" class="button" classList={{ danger }} onClick={() => void run()}>
      {label}
    </button>
  );
  return (
    <Dialog title={`Moderate ${name()}`} onClose={props.onClose}>
      <div class="moderate">
        {action('Clear their messages', () =>
          act((hub, id, userId) => hub.clearMessages(id, userId), `The messages of ${name()} are gone.`),
        )}
        {action('Remove for 10 minutes', () =>
          act((hub, id, userId) => hub.kickMember(id, userId), `${name()} was removed.`),
        )}
        {action('Ban for an hour', () => ban(60, 'for an hour'))}
        {action('Ban for a day', () => ban(1_440, 'for a day'))}
        {action('Ban for good', () => ban(null, 'for good'), true)}
        <p class="dim small">A guest is banned together with other guests from the same network.</p>
      </div>
    </Dialog>
  );
}
