import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { useApp } from '../shell/app';
import { attempt } from '../shell/toasts';
import type { Comment, CommentDraft, CommentOrder, LyricsChanged, TopicEvent } from '../wire/contract';
import { CommentFeed } from './commentFeed';
import { Samples, type Share } from './samples';

export interface Thread {
  comments: Accessor<readonly Comment[]>;
  total: Accessor<number>;
  order: Accessor<CommentOrder>;
  loading: Accessor<boolean>;
  more: Accessor<boolean>;
  /** Comments that arrived but are not shown where the reader is. */
  fresh: Accessor<number>;
  /** What share of the latest comments is shown while more are written than anyone can read. */
  sample: Accessor<Share | undefined>;
  /** The last comment that arrived live. */
  latest: Accessor<Comment | undefined>;
  /** The last event that says that the song's lyrics changed, or may have. */
  lyricsChanged: Accessor<LyricsChanged | undefined>;
  setOrder(order: CommentOrder): void;
  setAtTop(atTop: boolean): void;
  showFresh(): void;
  loadMore(): Promise<void>;
  post(draft: CommentDraft): Promise<Comment>;
  edit(comment: Comment, text: string): Promise<void>;
  remove(comment: Comment): Promise<void>;
  toggleLike(comment: Comment): Promise<void>;
  /** Whose comments are shown has changed. */
  reload(): Promise<void>;
}

/** The comments under one track for components: the feed, the topic that keeps it fresh, and what the user does to comments. */
export function createThread(trackId: () => string | undefined): Thread {
  const { api, topics, connection, account } = useApp();
  const feed = new CommentFeed(
    async (query) => {
      const id = trackId();
      return id === undefined ? undefined : attempt(() => api.comments(id, query));
    },
    (next) => setState(next),
    () => account.user()?.id,
  );
  const [state, setState] = createSignal(feed.state);
  const [lyricsChanged, setLyricsChanged] = createSignal<LyricsChanged>();
  const [latest, setLatest] = createSignal<Comment>();
  const [sample, setSample] = createSignal<Share>();
  const samples = new Samples(setSample);
  onCleanup(() => samples.clear());

  function take(event: TopicEvent): void {
    if (event.type === 'lyrics.changed') return void setLyricsChanged(event.data as LyricsChanged);
    feed.event(event);
    if (event.type === 'comment.posted') setLatest(event.data as Comment);
  }

  createEffect(
    on([trackId, () => account.user()?.id], ([id, userId]) => {
      feed.clear();
      samples.clear();
      if (id === undefined) return;
      // Only users who are signed in may follow topics.
      if (userId === undefined) return void feed.load();
      let followedBefore = false;
      const stop = topics.follow(`track:${id}`, {
        snapshot: (data) => {
          // Which events were missed is unknown: one may have said that the lyrics changed.
          if (followedBefore) setLyricsChanged({ trackId: id, revision: -1 });
          followedBefore = true;
          feed.snapshot(data as { comments: Comment[]; total: number });
        },
        event: take,
        sampled: (shown, total) => {
          feed.sampled(total - shown);
          samples.add(shown, total);
        },
      });
      onCleanup(stop);
    }),
  );

  const succeeds = async (command: () => Promise<unknown>) =>
    (await attempt(async () => [await command()])) !== undefined;

  return {
    comments: createMemo(() => state().comments),
    total: createMemo(() => state().total),
    order: createMemo(() => state().order),
    loading: createMemo(() => state().loading),
    more: () => state() && feed.more,
    fresh: createMemo(() => state().fresh),
    sample,
    latest,
    lyricsChanged,
    setOrder: (order) => feed.setOrder(order),
    setAtTop: (atTop) => feed.setAtTop(atTop),
    showFresh: () => feed.showFresh(),
    loadMore: () => feed.loadMore(),
    reload: () => feed.load(),
    async post(draft) {
      const comment = await connection.hub.postComment(draft);
      feed.posted(comment);
      return comment;
    },
    async edit(comment, text) {
      const edited = await attempt(() => api.editComment(comment.id, text));
      if (edited) feed.change(comment.id, (known) => ({ ...edited, likedByMe: known.likedByMe }));
    },
    async remove(comment) {
      if (await succeeds(() => api.deleteComment(comment.id)))
        feed.change(comment.id, (known) => ({ ...known, deleted: true, text: '' }));
    },
    async toggleLike(comment) {
      const liked = comment.likedByMe;
      const show = (by: number, likedByMe: boolean) =>
        feed.change(comment.id, (known) => ({ ...known, likedByMe, likes: Math.max(0, known.likes + by) }));
      show(liked ? -1 : 1, !liked);
      if (!(await succeeds(() => (liked ? api.unlikeComment(comment.id) : api.likeComment(comment.id)))))
        show(liked ? 1 : -1, liked);
    },
  };
}
