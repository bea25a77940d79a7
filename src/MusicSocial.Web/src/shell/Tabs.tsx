import { For, type JSX } from 'solid-js';

/** A row of tabs; arrow keys move between them. */
export function Tabs<T extends string>(props: {
  label: string;
  tabs: readonly [T, string][];
  current: T;
  onChoose: (tab: T) => void;
}): JSX.Element {
  let list!: HTMLDivElement;
  const names = () => props.tabs.map(([tab]) => tab);
  function move(step: number): void {
    const all = names();
    const next = all[(all.indexOf(props.current) + step + all.length) % all.length];
    if (next === undefined) return;
    props.onChoose(next);
    list.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={props.label}
      ref={list}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
        event.preventDefault();
        event.stopPropagation();
        move(event.key === 'ArrowRight' ? 1 : -1);
      }}
    >
      <For each={names()}>
        {(tab) => (
          <button
            type="button"
            role="tab"
            class="tab num"
            data-tab={tab}
            aria-selected={props.current === tab}
            tabindex={props.current === tab ? 0 : -1}
            onClick={() => props.onChoose(tab)}
          >
            {props.tabs.find(([other]) => other === tab)?.[1]}
          </button>
        )}
      </For>
    </div>
  );
}
