import { type Accessor, batch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { useApp } from '../shell/app';
import { attempt } from '../shell/toasts';
import { mapComment, type TrackView, trackEvent, withComment } from '../topics/track';
import type { Comment, CommentDraft, CommentOrder, LyricsChanged, TopicEvent } from '../wire/contract';
import { Samples, type Share } from './samples';

export interface Thread {
  comments: Accessor<readonly Comment[]>;
  total: Accessor<number>;
  order: Accessor<CommentOrder>;
  loading: Accessor<boolean>;
  more: Accessor<boolean>;
  /** Comments that arrived but are not shown where one looks. */
  fresh: Accessor<number>;
  /** What share of the latest comments is shown while more are written than anybody can read. */
  sample: Accessor<Share | undefined>;
  /** The last comment that arrived live. */
  latest: Accessor<Comment | undefined>;
  /** The last word that the song's lyrics are others now, or may be. */
  lyricsChanged: Accessor<LyricsChanged | undefined>;
  setOrder(order: CommentOrder): void;
  setAtTop(atTop: boolean): void;
  showFresh(): void;
  loadMore(): Promise<void>;
  post(draft: CommentDraft): Promise<Comment>;
  edit(comment: Comment, text: string): Promise<void>;
  remove(comment: Comment): Promise<void>;
  toggleLike(comment: Comment): Promise<void>;
}

const pageSize = 50;
const keptLive = 200;

/** The comments under one track: pages of history in any order, kept fresh by the track's topic. */
export function createThread(trackId: () => string | undefined): Thread {
  const { api, topics, connection, account } = useApp();
  const [view, setView] = createSignal<TrackView>({ comments: [], total: 0 });
  const [order, setOrder] = createSignal<CommentOrder>('newest');
  const [loading, setLoading] = createSignal(false);
  const [next, setNext] = createSignal<string | undefined>();
  const [fresh, setFresh] = createSignal(0);
  const [lyricsChanged, setLyricsChanged] = createSignal<LyricsChanged>();
  const [latest, setLatest] = createSignal<Comment>();
  const [sample, setSample] = createSignal<Share>();
  const samples = new Samples(setSample);
  onCleanup(() => samples.clear());
  let atTop = true;
  let run = 0;
  let trimmed = false;
  /** What came live while a page was on its way: the page may have been read before it. */
  let arrived: Comment[] = [];

  async function load(cursor: string | undefined): Promise<void> {
    const id = trackId();
    if (id === undefined) return;
    const mine = ++run;
    arrived = [];
    setLoading(true);
    const page = await attempt(() => api.comments(id, { order: order(), cursor, limit: pageSize }));
    if (mine !== run) return;
    setLoading(false);
    if (page === undefined) return;
    trimmed = false;
    const known = cursor === undefined ? [] : view().comments;
    let loaded: TrackView = { comments: [...known, ...page.items], total: page.total ?? page.items.length };
    if (order() === 'newest') for (const comment of arrived) loaded = withComment(loaded, comment);
    batch(() => {
      setView(loaded);
      setNext(page.next ?? undefined);
      if (cursor === undefined) setFresh(0);
    });
  }

  function hear(event: TopicEvent): void {
    if (event.type === 'lyrics.changed') {
      setLyricsChanged(event.data as LyricsChanged);
      return;
    }
    if (event.type !== 'comment.posted') {
      setView((current) => trackEvent(current, event));
      return;
    }
    const comment = event.data as Comment;
    arrived.push(comment);
    if (order() === 'newest') {
      setView((current) => trackEvent(current, event));
      if (view().comments.length >= keptLive) trimmed = true;
    } else setView((current) => ({ ...current, total: current.total + 1 }));
    if ((order() !== 'newest' || !atTop) && comment.author.id !== account.user()?.id) setFresh((count) => count + 1);
    setLatest(comment);
  }

  createEffect(
    on([trackId, () => account.user()?.id], ([id]) => {
      setView({ comments: [], total: 0 });
      setFresh(0);
      samples.clear();
      if (id === undefined) return;
      if (account.user() === undefined) {
        void load(undefined);
        return;
      }
      let followedBefore = false;
      const stop = topics.follow(`track:${id}`, {
        snapshot: () => {
          // What was missed is unknown: the lyrics may be others, too.
          if (followedBefore) setLyricsChanged({ trackId: id, revision: -1 });
          followedBefore = true;
          void load(undefined);
        },
        event: hear,
        // What a frame left out is in history: it counts, and the pill leads to it.
        sampled: (shown, total) => {
          setView((current) => ({ ...current, total: current.total + total - shown }));
          setFresh((count) => count + total - shown);
          samples.add(shown, total);
        },
      });
      onCleanup(stop);
    }),
  );
  createEffect(on(order, () => void load(undefined), { defer: true }));

  const change = (id: string, to: (comment: Comment) => Comment) => setView((current) => mapComment(current, id, to));

  return {
    comments: () => view().comments,
    total: () => view().total,
    order,
    loading,
    more: () => next() !== undefined || trimmed,
    fresh,
    sample,
    latest,
    lyricsChanged,
    setOrder,
    setAtTop(is) {
      atTop = is;
      if (is && order() === 'newest') setFresh(0);
    },
    showFresh() {
      const missing = fresh() > view().comments.length;
      setFresh(0);
      if (order() !== 'newest') setOrder('newest');
      else if (missing) void load(undefined);
    },
    loadMore: () => load(trimmed ? undefined : next()),
    async post(draft) {
      const comment = await connection.hub.postComment(draft);
      if (order() === 'newest') setView((current) => withComment(current, comment));
      return comment;
    },
    async edit(comment, text) {
      const edited = await attempt(() => api.editComment(comment.id, text));
      if (edited) change(comment.id, (known) => ({ ...edited, likedByMe: known.likedByMe }));
    },
    async remove(comment) {
      const done = await attempt(async () => {
        await api.deleteComment(comment.id);
        return true;
      });
      if (done) change(comment.id, (known) => ({ ...known, deleted: true, text: '' }));
    },
    async toggleLike(comment) {
      const liked = comment.likedByMe;
      const step = (by: number, is: boolean) =>
        change(comment.id, (known) => ({ ...known, likedByMe: is, likes: Math.max(0, known.likes + by) }));
      step(liked ? -1 : 1, !liked);
      const done = await attempt(async () => {
        await (liked ? api.unlikeComment(comment.id) : api.likeComment(comment.id));
        return true;
      });
      if (!done) step(liked ? 1 : -1, liked);
    },
  };
}
