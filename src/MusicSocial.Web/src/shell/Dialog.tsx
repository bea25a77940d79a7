import { type JSX, onMount } from 'solid-js';
import { Icon } from './Icon';

/** A modal sheet: focus stays inside, Escape and the backdrop close it. Render it to open it. */
export function Dialog(props: {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: JSX.Element;
}): JSX.Element {
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  return (
    <dialog
      ref={dialog}
      classList={{ wide: props.wide === true }}
      aria-label={props.title}
      onClose={() => props.onClose()}
      onClick={(event) => event.target === dialog && dialog.close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header>
        <h2>{props.title}</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={() => dialog.close()}>
          <Icon name="close" />
        </button>
      </header>
      <div class="body">{props.children}</div>
    </dialog>
  );
}
