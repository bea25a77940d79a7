import { type Accessor, createSignal } from 'solid-js';
import type { Account } from '../accounts/account';
import { attempt } from '../shell/toasts';
import { emptyInbox, inboxEvent } from '../topics/me';
import type { Topics } from '../topics/topics';
import type { Api } from '../wire/api';
import type { Inbox, TopicEvent } from '../wire/contract';

export interface InboxStore {
  inbox: Accessor<Inbox>;
  markRead(): Promise<void>;
  /** Hears every event of the user's own topic until the returned function is called. */
  listen(listener: (event: TopicEvent) => void): () => void;
}

export function createInbox(needs: { api: Api; topics: Topics; account: Account; onFollower: () => void }): InboxStore {
  const { api, topics, account } = needs;
  const [inbox, setInbox] = createSignal<Inbox>(emptyInbox);
  const listeners = new Set<(event: TopicEvent) => void>();
  let stop = () => {};

  account.onChange((user) => {
    stop();
    setInbox(emptyInbox);
    if (user === undefined) return;
    stop = topics.follow(`me:${user.id}`, {
      snapshot: (data) => setInbox((data as Inbox | null) ?? emptyInbox),
      event: (event) => {
        setInbox((current) => inboxEvent(current, event));
        if (event.type === 'follower') needs.onFollower();
        for (const listener of listeners) listener(event);
      },
    });
  });

  return {
    inbox,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    markRead: async () => {
      if (inbox().unread === 0) return;
      setInbox((current) => ({ ...current, unread: 0 }));
      await attempt(() => api.readInbox());
    },
  };
}
