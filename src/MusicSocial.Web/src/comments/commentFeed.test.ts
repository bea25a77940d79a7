import { describe, expect, it } from 'vitest';
import type { Comment, CommentOrder, Page, TopicEvent } from '../wire/contract';
import { CommentFeed, type PageQuery } from './commentFeed';

const comment = (n: number, author = 'ben') =>
  ({ id: `c${n}`, author: { id: author }, createdAtMs: n, text: `${n}`, likes: 0, deleted: false }) as Comment;
const newestFirst = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => comment(from - index));
const posted = (n: number, author?: string): TopicEvent => ({
  offset: n,
  type: 'comment.posted',
  atMs: n,
  data: comment(n, author),
});

function setUp() {
  const asked: { query: PageQuery; answer: (page: Page<Comment> | undefined) => void }[] = [];
  const feed = new CommentFeed(
    (query) => new Promise((answer) => asked.push({ query, answer })),
    () => {},
    () => 'maya',
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const ids = () => feed.state.comments.map(({ id }) => id);
  return { asked, feed, settle, ids };
}

describe('the comments of a song', () => {
  it('are those of the snapshot; no page is asked for until earlier ones are wanted', async () => {
    const { asked, feed, settle, ids } = setUp();
    feed.snapshot({ comments: newestFirst(120, 71), total: 120 });
    expect(asked).toEqual([]);
    expect([ids().length, feed.state.total, feed.more]).toEqual([50, 120, true]);
    void feed.loadMore();
    expect(asked[0]?.query).toEqual({ order: 'newest', cursor: undefined, limit: 100 });
    asked[0]?.answer({ items: newestFirst(120, 21), next: 'p2', total: 120 });
    await settle();
    void feed.loadMore();
    expect(asked[1]?.query).toEqual({ order: 'newest', cursor: 'p2', limit: 50 });
    asked[1]?.answer({ items: newestFirst(20, 1), total: 120 });
    await settle();
    expect([ids().length, feed.more]).toEqual([120, false]);
  });

  it('of a short snapshot are all there is', () => {
    const { feed } = setUp();
    feed.snapshot({ comments: newestFirst(3, 1), total: 3 });
    expect(feed.more).toBe(false);
  });

  it('in another order are read anew, also after a snapshot', async () => {
    const { asked, feed, settle, ids } = setUp();
    feed.snapshot({ comments: newestFirst(3, 1), total: 3 });
    feed.setOrder('hot' satisfies CommentOrder);
    asked[0]?.answer({ items: [comment(2), comment(3)], total: 3 });
    await settle();
    expect(ids()).toEqual(['c2', 'c3']);
    feed.snapshot({ comments: newestFirst(4, 1), total: 4 });
    expect(asked[1]?.query.order).toBe('hot');
  });

  it('that come while a page is on its way are added to it', async () => {
    const { asked, feed, settle, ids } = setUp();
    void feed.load();
    feed.event(posted(4));
    asked[0]?.answer({ items: newestFirst(3, 1), total: 3 });
    await settle();
    expect([ids(), feed.state.total]).toEqual([['c4', 'c3', 'c2', 'c1'], 4]);
  });

  it('do not add up in memory over an evening', async () => {
    const { asked, feed, settle } = setUp();
    void feed.load();
    asked[0]?.answer({ items: [], total: 0 });
    await settle();
    for (let n = 1; n <= 1_000; n++) feed.event(posted(n));
    expect(feed.kept).toBe(200);
    feed.setOrder('oldest');
    asked[1]?.answer({ items: newestFirst(50, 1), next: 'p2', total: 1_000 });
    await settle();
    for (let n = 1_001; n <= 2_000; n++) feed.event(posted(n));
    expect(feed.kept).toBe(50);
    expect(feed.state.total).toBe(2_000);
  });

  it('are counted as new while the reader is further down, except their own and repeated ones', () => {
    const { feed } = setUp();
    feed.snapshot({ comments: newestFirst(3, 1), total: 3 });
    feed.setAtTop(false);
    feed.event(posted(3));
    feed.event(posted(4));
    feed.event(posted(5, 'maya'));
    expect(feed.state.fresh).toBe(1);
    feed.setAtTop(true);
    expect(feed.state.fresh).toBe(0);
  });

  it('of another song do not come from a page that was asked for before', async () => {
    const { asked, feed, settle, ids } = setUp();
    void feed.load();
    feed.clear();
    asked[0]?.answer({ items: newestFirst(3, 1), total: 3 });
    await settle();
    expect([ids(), feed.state.loading]).toEqual([[], false]);
  });
});
