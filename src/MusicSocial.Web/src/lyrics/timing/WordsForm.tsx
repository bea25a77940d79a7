import { createSignal, type JSX } from 'solid-js';
import { type Draft, textOf, withText } from './draft';

/** The words themselves: one line each. */
export function WordsForm(props: { draft: Draft; onWords: (draft: Draft) => void }): JSX.Element {
  const [text, setText] = createSignal(textOf(props.draft));
  return (
    <form
      class="words-form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onWords(withText(props.draft, text()));
      }}
    >
      <label class="field">
        The words, one line each. Lines that stay the same keep their times.
        <textarea
          class="input"
          rows="14"
          dir="auto"
          value={text()}
          placeholder={'Paste or write the words here'}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary" disabled={text().trim() === ''}>
        Use these words
      </button>
    </form>
  );
}
