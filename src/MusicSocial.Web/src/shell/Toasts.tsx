import { For, type JSX, Show } from 'solid-js';
import { Icon } from './Icon';
import { dismiss, toasts } from './toasts';

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status">
      <For each={toasts()}>
        {(toast) => (
          <div class="toast" classList={{ refusal: toast.tone === 'refusal' }} data-code={toast.code}>
            <Show when={toast.tone === 'refusal'}>
              <Icon name="warning" />
            </Show>
            <span>{toast.text}</span>
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    action().run();
                    dismiss(toast.id);
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <button type="button" class="icon-button tiny" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
              <Icon name="close" size={14} />
            </button>
          </div>
        )}
      </For>
    </div>
  );
}
