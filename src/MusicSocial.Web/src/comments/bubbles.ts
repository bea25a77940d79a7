import type { Comment } from '../wire/contract';

export interface Bubble {
  id: string;
  comment: Comment;
  /** How many more comments there are within the same second. */
  others: number;
}

const longestStepMs = 1_500;
const perSecond = 3;

/**
 * Which comments the song passes when it moves from one position to the next: none when it jumped, at most three a second,
 * the user's own always among them.
 */
export class BubbleTrack {
  private lastMs = Number.NaN;
  private second = -1;
  private shownInSecond = 0;
  private comments: Comment[] = [];

  set(comments: readonly Comment[]): void {
    this.comments = comments
      .filter((comment) => typeof comment.positionMs === 'number' && !comment.deleted)
      .sort((a, b) => (a.positionMs ?? 0) - (b.positionMs ?? 0));
  }

  move(toMs: number, myId: string | undefined): Bubble[] {
    const fromMs = this.lastMs;
    this.lastMs = toMs;
    if (!(toMs > fromMs) || toMs - fromMs > longestStepMs) return [];
    const passed = this.comments.filter((comment) => {
      const at = comment.positionMs ?? -1;
      return fromMs < at && at <= toMs;
    });
    const bubbles: Bubble[] = [];
    let hidden = 0;
    for (const comment of passed) {
      if (this.mayShow(comment.positionMs ?? 0, comment.author.id === myId))
        bubbles.push({ id: comment.id, comment, others: 0 });
      else hidden += 1;
    }
    const last = bubbles.at(-1);
    if (last) last.others = hidden;
    return bubbles;
  }

  private mayShow(atMs: number, mine: boolean): boolean {
    const second = Math.floor(atMs / 1_000);
    if (second !== this.second) {
      this.second = second;
      this.shownInSecond = 0;
    }
    if (!mine && this.shownInSecond >= perSecond) return false;
    this.shownInSecond += 1;
    return true;
  }
}
