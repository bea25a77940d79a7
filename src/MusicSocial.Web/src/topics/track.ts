import type { Comment, TopicEvent } from '../wire/contract';

/** The comments of one track, newest first, as far as this page has seen them. */
export interface TrackView {
  comments: readonly Comment[];
  total: number;
}

export const noComments: TrackView = { comments: [], total: 0 };

export const keptComments = 200;

export function trackSnapshot(data: TrackView): TrackView {
  return { comments: [...data.comments].sort(newestFirst), total: data.total };
}

/** One event of `track:`. Repeating it changes nothing. */
export function trackEvent(view: TrackView, event: TopicEvent): TrackView {
  switch (event.type) {
    case 'comment.posted':
      return withComment(view, event.data as Comment);
    case 'comment.edited':
      return mapComment(view, (event.data as Comment).id, (known) => merge(known, event.data as Comment));
    case 'comment.deleted':
      return mapComment(view, (event.data as { id: string }).id, (known) => ({ ...known, deleted: true, text: '' }));
    case 'comment.likes': {
      const { id, likes } = event.data as { id: string; likes: number };
      return mapComment(view, id, (known) => ({ ...known, likes }));
    }
    default:
      return view;
  }
}

export function withComment(view: TrackView, comment: Comment): TrackView {
  if (view.comments.some((known) => known.id === comment.id)) return view;
  const comments = [comment, ...view.comments].sort(newestFirst).slice(0, keptComments);
  return { comments, total: view.total + 1 };
}

export function mapComment(view: TrackView, id: string, change: (comment: Comment) => Comment): TrackView {
  return { ...view, comments: view.comments.map((known) => (known.id === id ? change(known) : known)) };
}

/** An event is the same for all followers, so it cannot say what this user liked: that stays as it was. */
const merge = (known: Comment, edited: Comment): Comment => ({ ...edited, likedByMe: known.likedByMe });

const newestFirst = (a: Comment, b: Comment) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1);
