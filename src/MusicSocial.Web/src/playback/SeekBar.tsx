import { createMemo, createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { density, landscape } from '../comments/moments';
import { railEntries } from '../comments/railEntries';
import { useApp } from '../shell/app';
import { clockText } from '../shell/time';

const bins = 90;

/** Where the song is, with the landscape of its comments above: where people had something to say. */
export function SeekBar(): JSX.Element {
  const { player, room } = useApp();
  const [position, setPosition] = createSignal(0);
  const [dragged, setDragged] = createSignal<number>();
  const duration = () => player.track()?.durationMs ?? 0;
  const mayMove = () => {
    const kind = player.source().kind;
    return duration() > 0 && (kind === 'solo' || (kind === 'room' && room.permissions()?.control === true));
  };
  const shown = () => dragged() ?? position();
  const share = () => (duration() > 0 ? Math.min(1, Math.max(0, shown() / duration())) : 0);
  const outline = createMemo(() => {
    const track = player.track();
    return landscape(density(railEntries.of(track?.id), duration(), bins));
  });

  onMount(() => {
    // Four updates a second move the bar smoothly enough; lyrics have their own animation frames.
    const id = setInterval(() => setPosition(player.positionMs()), 250);
    onCleanup(() => clearInterval(id));
  });

  return (
    <div class="seek" style={{ '--share': share() }}>
      <span class="num small dim seek-time">{clockText(shown())}</span>
      <div class="seek-track">
        <Show when={outline()}>
          {(path) => (
            <svg class="moments" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
              <path d={path()} />
            </svg>
          )}
        </Show>
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={`${clockText(shown())} of ${clockText(duration())}`}
          min="0"
          max={Math.max(1, Math.round(duration()))}
          step="1000"
          value={shown()}
          disabled={!mayMove()}
          onInput={(event) => setDragged(Number(event.currentTarget.value))}
          onChange={(event) => {
            player.seek(Number(event.currentTarget.value));
            setPosition(Number(event.currentTarget.value));
            setDragged(undefined);
          }}
        />
      </div>
      <span class="num small dim seek-time">{clockText(duration())}</span>
    </div>
  );
}
