import { createResource, type JSX, Show } from 'solid-js';
import { useApp } from '../shell/app';
import { attempt, notify } from '../shell/toasts';
import type { WordRule } from '../wire/contract';

const linesOf = (rules: readonly WordRule[], action: WordRule['action']) =>
  rules
    .filter((rule) => rule.action === action)
    .map((rule) => rule.word)
    .join('\n');

const rulesOf = (text: unknown, action: WordRule['action']): WordRule[] =>
  String(text ?? '')
    .split('\n')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => ({ word, action }));

/** The words a room does not want to read, one in a line. */
export function WordRules(): JSX.Element {
  const { api, connection, room } = useApp();
  const roomId = () => room.room()?.id;
  const [rules] = createResource(roomId, async (id) => (await attempt(() => api.words(id)))?.items);
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const id = roomId();
    if (id === undefined) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const wordRules = [...rulesOf(form.get('mask'), 'mask'), ...rulesOf(form.get('refuse'), 'refuse')];
    const done = await attempt(async () => {
      await connection.hub.changeRoom(id, { wordRules });
      return true;
    });
    if (done) notify('The words are saved.');
  }
  return (
    <Show when={rules()}>
      {(known) => (
        <section>
          <h3>Words</h3>
          <form class="sign-in" onSubmit={(event) => void submit(event)}>
            <label class="field">
              Shown as asterisks, one in a line
              <textarea class="input" name="mask" rows="3" value={linesOf(known(), 'mask')} />
            </label>
            <label class="field">
              Messages with these are refused
              <textarea class="input" name="refuse" rows="3" value={linesOf(known(), 'refuse')} />
            </label>
            <button type="submit" class="button">
              Save words
            </button>
          </form>
        </section>
      )}
    </Show>
  );
}
