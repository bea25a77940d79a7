import { median } from './driftLine';

/** Half seconds: the first second and a half a device speaks of its own latency from when it was opened. For ten seconds after it goes astray, by up to twenty milliseconds, and comes back. */
const opensFor = 3;
const straysFor = 20;
/** What was said first counts as much as six seconds of what is said once it came back. */
const openingWeight = 12;
const kept = 240;
/** A device errs upwards more often: an answer about its latency that was itself late. So rather less than the median is believed. */
const believedShare = 0.4;
/** What was learnt before counts as much as half a minute of now. */
const rememberedWeight = 60;
/** Further off than a device that was just opened ever is: what is remembered belongs to another. */
const anotherMs = 25;
const asksFor = 2;
/** Somebody who says the same for so long, and something else than is believed, is right: the device was changed, or holds more or less of the sound than before. */
interface Insistence {
  words: number;
  alikeMs: number;
  elseMs: number;
}

const insistences: readonly Insistence[] = [
  { words: 40, alikeMs: 2.5, elseMs: 3 },
  { words: 12, alikeMs: 0.5, elseMs: 3 },
  { words: 6, alikeMs: 2.5, elseMs: anotherMs },
];

/** After a move a device that ran dry is known by what it says, within three seconds. */
const doubtedFor = 6;
const nonsenseMs = 4;

interface Doubt {
  movedMs: number;
  usualMs: number;
  left: number;
}

/**
 * How long what was rendered takes to the loudspeaker. A device's word of it is right on the whole and wrong for seconds: after it was opened, while the machine is busy, and by tens of
 * milliseconds after it ran dry. The thing itself hardly ever changes, so the middle of what it says over minutes is right, and what one visit learnt helps the next.
 */
export class OutputLatency {
  private opening: number[] = [];
  private settled: number[] = [];
  private told = 0;
  private doubt: Doubt | undefined;

  constructor(
    private remembered: number | undefined = undefined,
    private readonly learnt: (ms: number) => void = () => {},
  ) {}

  /** What the device said in the last half second, milliseconds. */
  take(ms: number): void {
    this.told += 1;
    this.judge(ms);
    (this.opening.length < straysFor ? this.opening : this.settled).push(ms);
    if (this.settled.length > kept) this.settled.shift();
    if (this.told <= asksFor && Math.abs(ms - this.ms) > anotherMs) this.remembered = undefined;
    const insisted = insistences.map((insistence) => this.heard(insistence)).find((words) => words !== undefined);
    if (insisted) [this.opening, this.settled, this.remembered] = [insisted, [], undefined];
    if (this.told % rememberedWeight === 0) this.learnt(this.ms);
  }

  get isKnown(): boolean {
    return this.told > 0 || this.remembered !== undefined;
  }

  get ms(): number {
    const { opening, settled, remembered } = this;
    const before =
      remembered === undefined
        ? new Array<number>(openingWeight).fill(median(opening.slice(0, opensFor)))
        : new Array<number>(rememberedWeight).fill(remembered);
    return low([...settled, ...before], believedShare);
  }

  /**
   * The device takes the sound that much earlier or later than before. Either it holds more or less of it from now on, as sound systems do when others begin or stop to play; then what is heard
   * goes on as it was. Or it ran dry, and takes it later; then what is heard comes later too, and it talks nonsense soon.
   */
  move(byMs: number): void {
    this.add(byMs);
    if (byMs < 0) this.doubt = { movedMs: byMs, usualMs: median(this.latest(10)), left: doubtedFor };
  }

  /** The device is opened anew: it will guess for a while, and may be another. */
  reopen(): void {
    this.unsettle();
    [this.opening, this.settled, this.told, this.doubt] = [[], [], 0, undefined];
  }

  private judge(ms: number): void {
    const { doubt } = this;
    if (doubt === undefined) return;
    doubt.left -= 1;
    const offMs = Math.abs(ms - doubt.usualMs);
    const ranDry = offMs > nonsenseMs || offMs > Math.abs(ms - doubt.usualMs + doubt.movedMs);
    if (ranDry || doubt.left === 0) this.doubt = undefined;
    if (!ranDry) return;
    this.add(-doubt.movedMs);
    this.unsettle();
  }

  private add(ms: number): void {
    if (this.remembered !== undefined) this.remembered += ms;
    if (this.doubt !== undefined) this.doubt.usualMs += ms;
    this.opening = this.opening.map((one) => one + ms);
    this.settled = this.settled.map((one) => one + ms);
  }

  /** It will guess for a while: what it said before counts meanwhile. */
  private unsettle(): void {
    if (this.remembered === undefined && this.opening.length < opensFor) return;
    this.remembered = this.ms;
    [this.opening, this.settled] = [[], []];
  }

  private latest(count: number): readonly number[] {
    return [...this.opening, ...this.settled].slice(-count);
  }

  /** The last so many words, where all are alike and that much off what is believed. */
  private heard({ words, alikeMs, elseMs }: Insistence): number[] | undefined {
    const latest = this.latest(words);
    const typical = median(latest);
    const areAlike = latest.length === words && latest.every((ms) => Math.abs(ms - typical) <= alikeMs);
    return areAlike && Math.abs(typical - this.ms) > elseMs ? [...latest] : undefined;
  }
}

const low = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
