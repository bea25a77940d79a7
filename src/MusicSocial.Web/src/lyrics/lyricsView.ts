import type { CueSheet } from '../wire/contract';
import { activeAt, type CueTable, cueTable } from './active';
import { type Interlude, interludeAt, interludes, type TimedLine, wordProgress } from './cues';
import { Spring } from './spring';

const activeAtHeight = 0.35;
const backAfterMs = 5_000;

interface Shown {
  timed: TimedLine;
  element: HTMLElement;
  words: HTMLElement[];
}

const nothing: CueTable = { lines: [], overByMs: [], startsMs: [] };

/** Keeps a rendered cue sheet in step with the sound: writes only what changes, and only the words being sung. */
export class LyricsView {
  private table = nothing;
  private shown: (Shown | undefined)[] = [];
  private active = new Map<Shown, readonly number[]>();
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
    this.table = cueTable(sheet, durationMs);
    this.gaps = interludes(this.table.lines);
    const elements = new Map(
      [...this.scroller.querySelectorAll<HTMLElement>('[data-line]')].map((line) => [Number(line.dataset.line), line]),
    );
    this.shown = this.table.lines.map((timed) => {
      const element = elements.get(timed.line.index);
      return element && { timed, element, words: [...element.querySelectorAll<HTMLElement>('.word')] };
    });
    this.dots = [...this.scroller.querySelectorAll<HTMLElement>('[data-gap]')];
    for (const element of this.scroller.querySelectorAll('.active, .now')) element.classList.remove('active', 'now');
    this.active.clear();
    this.focus = undefined;
    this.spring.value = this.scroller.scrollTop;
  }

  /** The reader scrolled: the lyrics stay there for a while. */
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

  /** The layout changed: the active line is elsewhere now. */
  measureAgain(): void {
    this.aim();
    this.spring.settle();
  }

  /** One animation frame at an audible position. */
  frame(atMs: number, frameMs: number): void {
    const now = new Map<Shown, readonly number[]>();
    for (const { line, words } of activeAt(this.table, atMs)) {
      const shown = this.shown[line];
      if (shown) now.set(shown, words);
    }
    const before = this.active;
    this.active = now;
    for (const shown of before.keys()) if (!now.has(shown)) this.leave(shown);
    for (const [shown, words] of now) {
      if (!before.has(shown)) this.enter(shown);
      this.sing(shown, words, atMs);
    }
    const [first] = now.keys();
    if (first) this.lookAt(first.element);
    this.breathe(atMs);
    this.scroll(frameMs);
  }

  private enter({ element }: Shown): void {
    element.classList.add('active');
    element.querySelector('button')?.setAttribute('aria-current', 'true');
  }

  private leave({ element, words }: Shown): void {
    element.classList.remove('active');
    element.querySelector('button')?.removeAttribute('aria-current');
    for (const word of words) {
      word.classList.remove('now');
      word.style.removeProperty('--sung');
    }
  }

  private sing({ timed, words }: Shown, sung: readonly number[], atMs: number): void {
    // With reduced motion nothing moves across a word: it lights up whole.
    const whole = this.reducedMotion();
    words.forEach((word, n) => {
      const is = sung.includes(n);
      if (is !== word.classList.contains('now')) word.classList.toggle('now', is);
      const share = wordProgress(timed, n, atMs);
      const text = share <= 0 ? '0' : share >= 1 || whole ? '1' : share.toFixed(3);
      if (word.style.getPropertyValue('--sung') !== text) word.style.setProperty('--sung', text);
    });
  }

  /** The silence before the next line: three dots that fill, and the seconds it still lasts. */
  private breathe(atMs: number): void {
    const current = interludeAt(this.gaps, atMs);
    this.gaps.forEach((gap, n) => {
      const element = this.dots[n];
      if (element === undefined) return;
      const is = gap === current;
      if (is !== element.classList.contains('active')) element.classList.toggle('active', is);
      if (!is) return;
      if (this.active.size === 0) this.lookAt(element);
      element.style.setProperty('--done', ((atMs - gap.startMs) / (gap.endMs - gap.startMs)).toFixed(3));
      const left = String(Math.ceil((gap.endMs - atMs) / 1_000));
      if (element.dataset.left !== left) element.dataset.left = left;
    });
  }

  private lookAt(element: HTMLElement): void {
    if (element === this.focus) return;
    this.focus = element;
    this.aim();
  }

  private aim(): void {
    const element = this.focus;
    if (element === undefined) return;
    const top = element.offsetTop + element.offsetHeight / 2 - this.scroller.clientHeight * activeAtHeight;
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
