import {
  keptComments,
  mapComment,
  noComments,
  type TrackView,
  trackEvent,
  trackSnapshot,
  withComment,
} from '../topics/track';
import type { Comment, CommentOrder, Page, TopicEvent } from '../wire/contract';

export interface FeedState extends TrackView {
  readonly order: CommentOrder;
  readonly loading: boolean;
  /** Comments that arrived but are not shown where the reader is. */
  readonly fresh: number;
}

export interface PageQuery {
  order: CommentOrder;
  cursor: string | undefined;
  limit: number;
}

/** Reads one page of history; undefined when it was refused. */
export type ReadPage = (query: PageQuery) => Promise<Page<Comment> | undefined>;

const pageSize = 50;

/** The comments under one track, free of the framework: the topic's snapshot and events, and pages of history in any order. */
export class CommentFeed {
  state: FeedState = { ...noComments, order: 'newest', loading: false, fresh: 0 };
  private next: string | undefined;
  /** What is shown does not reach back to the end and has no cursor to go on from: a snapshot, or a list that was cut. */
  private isCut = false;
  private atTop = true;
  private run = 0;
  /** What came live while a page is on its way, which may have been read before it; undefined at other times. */
  private arrived: Comment[] | undefined;

  constructor(
    private readonly read: ReadPage,
    private readonly changed: (state: FeedState) => void,
    private readonly myId: () => string | undefined,
  ) {}

  get more(): boolean {
    return this.next !== undefined || this.isCut;
  }

  /** How many comments are held in memory. */
  get kept(): number {
    return this.state.comments.length + (this.arrived?.length ?? 0);
  }

  /** The page shows another track: pages on their way belong to the one before. */
  clear(): void {
    this.show({ ...noComments, fresh: 0 }, undefined, false);
  }

  /** The topic's snapshot holds the newest page, so no other is asked for. */
  snapshot(data: TrackView): void {
    if (this.state.order !== 'newest') return void this.load();
    const view = trackSnapshot(data);
    this.show({ ...view, fresh: 0 }, undefined, view.comments.length < view.total);
  }

  event(event: TopicEvent): void {
    const { state } = this;
    if (event.type !== 'comment.posted') return this.update(trackEvent(state, event));
    const comment = event.data as Comment;
    const isNew = !state.comments.some((known) => known.id === comment.id);
    const isShown = state.order === 'newest';
    this.arrived?.push(comment);
    const view = isShown ? trackEvent(state, event) : { ...state, total: state.total + 1 };
    if (isShown && view.comments.length >= keptComments) this.isCut = true;
    const counts = isNew && !(isShown && this.atTop) && comment.author.id !== this.myId();
    this.update({ comments: view.comments, total: view.total, fresh: state.fresh + (counts ? 1 : 0) });
  }

  /** A frame left comments out: they count, and reading history shows them. */
  sampled(leftOut: number): void {
    this.update({ total: this.state.total + leftOut, fresh: this.state.fresh + leftOut });
  }

  /** A comment of the user's own, before its event comes. */
  posted(comment: Comment): void {
    if (this.state.order === 'newest') this.update(withComment(this.state, comment));
  }

  change(id: string, to: (comment: Comment) => Comment): void {
    this.update(mapComment(this.state, id, to));
  }

  setOrder(order: CommentOrder): void {
    if (order === this.state.order) return;
    this.update({ order });
    void this.load();
  }

  setAtTop(atTop: boolean): void {
    this.atTop = atTop;
    if (atTop && this.state.order === 'newest' && this.state.fresh > 0) this.update({ fresh: 0 });
  }

  showFresh(): void {
    const isMissing = this.state.fresh > this.state.comments.length;
    this.update({ fresh: 0 });
    if (this.state.order !== 'newest') this.setOrder('newest');
    else if (isMissing) void this.load();
  }

  /** The first page. */
  load(): Promise<void> {
    return this.page(undefined, pageSize);
  }

  /** Earlier comments; where there is no cursor, a longer first page, which brings one. */
  loadMore(): Promise<void> {
    if (!this.isCut) return this.page(this.next, pageSize);
    return this.page(undefined, Math.min(keptComments, this.state.comments.length + pageSize));
  }

  private async page(cursor: string | undefined, limit: number): Promise<void> {
    const run = ++this.run;
    const arrived: Comment[] = [];
    this.arrived = arrived;
    this.update({ loading: true });
    const page = await this.read({ order: this.state.order, cursor, limit });
    if (run !== this.run) return;
    if (page === undefined) {
      this.arrived = undefined;
      return this.update({ loading: false });
    }
    const before = cursor === undefined ? [] : this.state.comments;
    let view: TrackView = { comments: [...before, ...page.items], total: page.total ?? page.items.length };
    if (this.state.order === 'newest') view = arrived.reduce(withComment, view);
    this.show(cursor === undefined ? { ...view, fresh: 0 } : view, page.next ?? undefined, false);
  }

  private show(part: Partial<FeedState>, next: string | undefined, isCut: boolean): void {
    this.run += 1;
    this.arrived = undefined;
    this.next = next;
    this.isCut = isCut;
    this.update({ ...part, loading: false });
  }

  private update(part: Partial<FeedState>): void {
    this.state = { ...this.state, ...part };
    this.changed(this.state);
  }
}
