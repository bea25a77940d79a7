import type { Comment } from '../wire/contract';

export const windowMs = 60_000;
const aheadMs = 10_000;
export const perWindow = 200;

const windowAt = (positionMs: number) => Math.floor(positionMs / windowMs);

/** The pinned comments of the minutes around where the song is: what is further away is dropped, and read again when the song comes there. */
export class PinnedWindows {
  private readonly windows = new Map<number, readonly Comment[]>();

  get comments(): readonly Comment[] {
    return [...this.windows.values()].flat();
  }

  /** The minutes to read at this position; they count as known from now on. */
  missingAt(positionMs: number): number[] {
    const now = windowAt(positionMs);
    for (const window of this.windows.keys()) if (Math.abs(window - now) > 1) this.windows.delete(window);
    const missing = [...new Set([now, windowAt(positionMs + aheadMs)])].filter((window) => !this.windows.has(window));
    for (const window of missing) this.windows.set(window, []);
    return missing;
  }

  /** What was read for a minute. */
  put(window: number, comments: readonly Comment[]): void {
    const known = this.windows.get(window);
    if (known === undefined) return;
    const ids = new Set(known.map((comment) => comment.id));
    this.windows.set(window, [...known, ...comments.filter((comment) => !ids.has(comment.id))].slice(-perWindow));
  }

  /** A comment that came live. */
  add(comment: Comment): void {
    if (typeof comment.positionMs === 'number') this.put(windowAt(comment.positionMs), [comment]);
  }
}
