import {
  activeLines,
  type Interlude,
  interludeAt,
  interludes,
  type TimedLine,
  timedLines,
  wordProgress,
} from '../lyrics/cues';
import { Spring } from '../lyrics/spring';
import type { CueSheet } from '../wire/contract';

const activeAt = 0.35;
const backAfterMs = 5_000;

interface Shown {
  timed: TimedLine;
  element: HTMLElement;
  words: HTMLElement[];
}

/** Keeps a rendered cue sheet in step with the sound: writes only what changes, and only the words being sung. */
export class LyricsView {
  private shown: Shown[] = [];
  private timed: TimedLine[] = [];
  private active = new Set<Shown>();
  private gaps: Interlude[] = [];
  private dots: HTMLElement[] = [];
  private readonly spring = new Spring(0);
  private lastFrame = 0;
  private focus: HTMLElement | undefined;
  private handsOffAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly followingChanged: (following: boolean) => void,
    private readonly reducedMotion: () => boolean,
  ) {}

  get following(): boolean {
    return performance.now() - this.handsOffAt > backAfterMs;
  }

  show(sheet: CueSheet, durationMs: number): void {
    this.timed = timedLines(sheet, durationMs);
    this.gaps = interludes(this.timed);
    this.shown = this.timed.flatMap((timed) => {
      const element = this.scroller.querySelector<HTMLElement>(`[data-line="${timed.line.index}"]`);
      return element ? [{ timed, element, words: [...element.querySelectorAll<HTMLElement>('.word')] }] : [];
    });
    this.dots = [...this.scroller.querySelectorAll<HTMLElement>('[data-gap]')];
    this.active.clear();
    this.focus = undefined;
    this.spring.value = this.scroller.scrollTop;
  }

  /** A hand on the lyrics: they stay where they were put for a while. */
  takeOver(): void {
    if (this.following) this.followingChanged(false);
    this.handsOffAt = performance.now();
  }

  follow(): void {
    this.handsOffAt = Number.NEGATIVE_INFINITY;
    this.spring.value = this.scroller.scrollTop;
    this.aim();
    this.followingChanged(true);
  }

  /** One animation frame at an audible position. */
  frame(atMs: number, frameMs: number): void {
    const lines = new Set(activeLines(this.timed, atMs));
    for (const shown of this.shown) {
      const is = lines.has(shown.timed);
      if (is !== this.active.has(shown)) this.toggle(shown, is, atMs);
    }
    for (const shown of this.active) this.sing(shown, atMs);
    this.breathe(atMs);
    this.scroll(frameMs);
  }

  private toggle(shown: Shown, is: boolean, atMs: number): void {
    if (is) this.active.add(shown);
    else this.active.delete(shown);
    shown.element.classList.toggle('active', is);
    const button = shown.element.querySelector('button');
    if (is) button?.setAttribute('aria-current', 'true');
    else button?.removeAttribute('aria-current');
    shown.element.classList.toggle('past', !is && shown.timed.endMs <= atMs);
    if (!is) for (const word of shown.words) word.style.removeProperty('--sung');
    const first = [...this.active].reduce<Shown | undefined>(
      (a, b) => (a && a.timed.startMs <= b.timed.startMs ? a : b),
      undefined,
    );
    if (first && first.element !== this.focus) {
      this.focus = first.element;
      this.aim();
    }
  }

  private sing(shown: Shown, atMs: number): void {
    shown.words.forEach((word, index) => {
      const sung = wordProgress(shown.timed, index, atMs);
      const text = sung <= 0 ? '0' : sung >= 1 ? '1' : sung.toFixed(3);
      if (word.dataset.sung === text && word.style.getPropertyValue('--sung') === text) return;
      word.dataset.sung = text;
      word.style.setProperty('--sung', text);
    });
  }

  private breathe(atMs: number): void {
    const current = interludeAt(this.gaps, atMs);
    this.gaps.forEach((gap, index) => {
      const element = this.dots[index];
      if (element === undefined) return;
      const is = gap === current;
      if (is !== element.classList.contains('active')) {
        element.classList.toggle('active', is);
        if (is) {
          this.focus = element;
          this.aim();
        }
      }
      if (is) element.style.setProperty('--done', ((atMs - gap.startMs) / (gap.endMs - gap.startMs)).toFixed(3));
    });
  }

  private aim(): void {
    const element = this.focus;
    if (element === undefined) return;
    const top = element.offsetTop + element.offsetHeight / 2 - this.scroller.clientHeight * activeAt;
    this.spring.target = Math.max(0, Math.min(top, this.scroller.scrollHeight - this.scroller.clientHeight));
    if (this.reducedMotion() || Math.abs(this.spring.target - this.spring.value) > 3 * this.scroller.clientHeight)
      this.spring.settle();
  }

  private scroll(frameMs: number): void {
    const seconds = Math.min(0.1, (frameMs - this.lastFrame) / 1_000);
    this.lastFrame = frameMs;
    if (!this.following) return;
    if (this.handsOffAt !== Number.NEGATIVE_INFINITY) this.follow();
    const before = this.spring.value;
    this.spring.step(seconds);
    if (this.spring.value !== before || Math.abs(this.scroller.scrollTop - this.spring.value) > 1) {
      this.scroller.scrollTop = this.spring.value;
    }
  }
}
