import { type Accessor, createSignal } from 'solid-js';
import { attempt } from '../shell/toasts';
import type { Page } from '../wire/contract';

export interface Pages<T> {
  items: Accessor<readonly T[]>;
  loading: Accessor<boolean>;
  more: Accessor<boolean>;
  loadMore(): Promise<void>;
  restart(): Promise<void>;
}

/** A list read page by page; a restart overtakes whatever was still on its way. */
export function createPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Pages<T> {
  const [items, setItems] = createSignal<readonly T[]>([]);
  const [loading, setLoading] = createSignal(false);
  const [next, setNext] = createSignal<string | undefined>();
  let run = 0;

  async function load(cursor: string | undefined): Promise<void> {
    const mine = ++run;
    setLoading(true);
    const page = await attempt(() => read(cursor));
    if (mine !== run) return;
    setLoading(false);
    if (page === undefined) return;
    setItems((known) => (cursor === undefined ? page.items : [...known, ...page.items]));
    setNext(page.next ?? undefined);
  }

  return {
    items,
    loading,
    more: () => next() !== undefined,
    loadMore: async () => {
      if (next() !== undefined && !loading()) await load(next());
    },
    restart: () => load(undefined),
  };
}
