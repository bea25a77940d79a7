import { For, type JSX } from 'solid-js';

/** Keys and what they do. */
export function Keys(props: {
  keys: readonly (readonly [key: string, meaning: string])[];
  class?: string;
}): JSX.Element {
  return (
    <dl class={`keys ${props.class ?? ''}`}>
      <For each={props.keys}>
        {([key, meaning]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </>
        )}
      </For>
    </dl>
  );
}
