import { createSignal, type JSX } from 'solid-js';

/** The side panel of a stage; on a phone a sheet at the bottom that opens with a tap and leaves the composer in reach. */
export function Sheet(props: { label: string; children: JSX.Element }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  let startY = 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only notices the tabs inside, whose keyboard use arrives as clicks.
    <aside
      class="panel sheet"
      classList={{ open: open() }}
      aria-label={props.label}
      onFocusIn={(event) => event.target instanceof HTMLTextAreaElement && setOpen(true)}
      onClick={(event) => event.target instanceof Element && event.target.closest('[role="tab"]') && setOpen(true)}
    >
      <button
        type="button"
        class="sheet-handle"
        aria-expanded={open()}
        aria-label={open() ? `Fold ${props.label}` : `Unfold ${props.label}`}
        onClick={() => setOpen(!open())}
        onTouchStart={(event) => {
          startY = event.touches[0]?.clientY ?? 0;
        }}
        onTouchEnd={(event) => {
          const moved = (event.changedTouches[0]?.clientY ?? startY) - startY;
          if (Math.abs(moved) > 24) {
            event.preventDefault();
            setOpen(moved < 0);
          }
        }}
      />
      {props.children}
    </aside>
  );
}
