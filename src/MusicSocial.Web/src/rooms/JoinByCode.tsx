import type { JSX } from 'solid-js';
import { links, navigate } from '../shell/router';

/** Accepts what people paste: a code or a whole invitation link. */
export const codeFrom = (text: string) => text.trim().split(/[/?#]/).filter(Boolean).at(-1) ?? '';

export function JoinByCode(): JSX.Element {
  return (
    <form
      class="row join-code"
      onSubmit={(event) => {
        event.preventDefault();
        const code = codeFrom(String(new FormData(event.currentTarget).get('code') ?? ''));
        if (code) navigate(links.room(code));
      }}
    >
      <input
        class="input"
        name="code"
        aria-label="Room code or link"
        placeholder="Code or link"
        autocomplete="off"
        autocapitalize="characters"
      />
      <button type="submit" class="button">
        Join
      </button>
    </form>
  );
}
