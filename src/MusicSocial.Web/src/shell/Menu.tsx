import { createSignal, type JSX, onCleanup, Show } from 'solid-js';

const chosen = (target: EventTarget) => target instanceof Element && target.closest('.menu-item') !== null;

/** A button with a small panel below it; Escape, a choice or a click elsewhere closes it. */
export function Menu(props: {
  label: string;
  trigger: JSX.Element;
  wide?: boolean;
  /** Holds settings: stays open after a choice. */
  stays?: boolean;
  onOpen?: () => void;
  children: JSX.Element;
}): JSX.Element {
  const [open, setOpen] = createSignal(false);
  let holder!: HTMLDivElement;
  let button!: HTMLButtonElement;
  // By the path: a button that vanished with its own click was inside all the same.
  const away = (event: MouseEvent) => !event.composedPath().includes(holder) && setOpen(false);
  document.addEventListener('click', away);
  onCleanup(() => document.removeEventListener('click', away));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape inside the panel bubbles up to here.
    <div
      class="menu-holder"
      ref={holder}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open()) return;
        setOpen(false);
        button.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={props.label}
        title={props.label}
        aria-expanded={open()}
        onClick={() => setOpen(!open()) && props.onOpen?.()}
      >
        {props.trigger}
      </button>
      <Show when={open()}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: closes after a choice; the choices themselves are buttons and links. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
        <div
          class="menu"
          classList={{ wide: props.wide === true }}
          onClick={(event) => (props.stays && !chosen(event.target)) || setOpen(false)}
        >
          {props.children}
        </div>
      </Show>
    </div>
  );
}
