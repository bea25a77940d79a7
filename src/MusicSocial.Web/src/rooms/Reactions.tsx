import { createEffect, createSignal, For, type JSX, on } from 'solid-js';
import { useApp } from '../shell/app';

const emoji = ['❤️', '🔥', '😂', '😮', '👏', '🎶'];
const livesMs = 2_200;
const mostAtOnce = 24;

export function ReactionRow(): JSX.Element {
  const { connection, room } = useApp();
  const react = (symbol: string) => {
    const here = room.room();
    if (here) connection.hub.react(`room:${here.id}`, symbol).catch(() => {});
  };
  return (
    <div class="reaction-row" role="group" aria-label="React">
      <For each={emoji}>
        {(symbol) => (
          <button type="button" aria-label={`React ${symbol}`} onClick={() => react(symbol)}>
            {symbol}
          </button>
        )}
      </For>
    </div>
  );
}

interface Rising {
  id: number;
  symbol: string;
  left: number;
}

/** Reactions drifting upwards; the server sums them, so their number is bounded. */
export function Reactions(): JSX.Element {
  const { room } = useApp();
  const [rising, setRising] = createSignal<readonly Rising[]>([]);
  let lastId = 0;
  createEffect(
    on(
      room.reactions,
      (counts) => {
        const fresh = Object.entries(counts).flatMap(([symbol, count]) =>
          Array.from({ length: Math.min(4, count) }, () => ({ id: ++lastId, symbol, left: 8 + ((lastId * 37) % 84) })),
        );
        const ids = new Set(fresh.map((one) => one.id));
        setRising((all) => [...all, ...fresh].slice(-mostAtOnce));
        setTimeout(() => setRising((all) => all.filter((one) => !ids.has(one.id))), livesMs);
      },
      { defer: true },
    ),
  );
  return (
    <div class="rising" aria-hidden="true">
      <For each={rising()}>{(one) => <span style={{ left: `${one.left}%` }}>{one.symbol}</span>}</For>
    </div>
  );
}
