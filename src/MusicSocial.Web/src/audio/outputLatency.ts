import { median } from './driftLine';

/** Counted in half seconds. For a second and a half after it was opened a device reports its latency rightly; for ten seconds after that it is off by up to 20 ms, and comes back. */
const opensFor = 3;
const straysFor = 20;
/** The first reports count as much as six seconds of those after it came back. */
const openingWeight = 12;
const kept = 240;
/** Reports err upwards more often, when they are late themselves: so rather less than the median is believed. */
const believedShare = 0.4;
/** What an earlier visit learnt counts as much as half a minute of reports. */
const rememberedWeight = 60;
/** Further off than a device that was just opened ever is: what is remembered belongs to another device. */
const anotherMs = 25;
const asksFor = 2;
/** A device that reports the same for so long, and something else than is believed, is right: the device was changed, or holds more or less of the sound than before. */
interface SteadyReport {
  words: number;
  alikeMs: number;
  elseMs: number;
}

const steadyReports: readonly SteadyReport[] = [
  { words: 40, alikeMs: 2.5, elseMs: 3 },
  { words: 12, alikeMs: 0.5, elseMs: 3 },
  { words: 6, alikeMs: 2.5, elseMs: anotherMs },
];

/** Whether a move was a buffer underrun shows in the reports of the next three seconds. */
const doubtedFor = 6;
const wrongMs = 4;

interface Doubt {
  movedMs: number;
  usualMs: number;
  left: number;
}

/**
 * The latency from rendering to the loudspeaker. What a device reports of it is right on average and wrong for seconds: after it was opened, while the machine is busy, and by tens of
 * milliseconds after a buffer underrun. The latency itself hardly ever changes, so the middle of the reports over minutes is right, and what one visit learnt helps the next.
 */
export class OutputLatency {
  private opening: number[] = [];
  private settled: number[] = [];
  private reports = 0;
  private doubt: Doubt | undefined;

  constructor(
    private remembered: number | undefined = undefined,
    private readonly learnt: (ms: number) => void = () => {},
  ) {}

  /** What the device reported in the last half second, milliseconds. */
  take(ms: number): void {
    this.reports += 1;
    this.judge(ms);
    (this.opening.length < straysFor ? this.opening : this.settled).push(ms);
    if (this.settled.length > kept) this.settled.shift();
    if (this.reports <= asksFor && Math.abs(ms - this.ms) > anotherMs) this.remembered = undefined;
    const changedTo = steadyReports.map((steady) => this.latestOf(steady)).find((words) => words !== undefined);
    if (changedTo) [this.opening, this.settled, this.remembered] = [changedTo, [], undefined];
    if (this.reports % rememberedWeight === 0) this.learnt(this.ms);
  }

  get isKnown(): boolean {
    return this.reports > 0 || this.remembered !== undefined;
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
   * The device renders that much earlier or later than before. Either its buffer is larger or smaller from now on, as when other programs begin or stop to play; then the audible sound goes on
   * as it was. Or the buffer ran dry; then the audible sound is late too, and the reports go wrong soon.
   */
  move(byMs: number): void {
    this.add(byMs);
    if (byMs < 0) this.doubt = { movedMs: byMs, usualMs: median(this.latest(10)), left: doubtedFor };
  }

  /** The device is opened anew: its reports are wrong for a while, and it may be another device. */
  reopen(): void {
    this.unsettle();
    [this.opening, this.settled, this.reports, this.doubt] = [[], [], 0, undefined];
  }

  private judge(ms: number): void {
    const { doubt } = this;
    if (doubt === undefined) return;
    doubt.left -= 1;
    const offMs = Math.abs(ms - doubt.usualMs);
    const ranDry = offMs > wrongMs || offMs > Math.abs(ms - doubt.usualMs + doubt.movedMs);
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

  /** Its reports are wrong for a while: the earlier ones count meanwhile. */
  private unsettle(): void {
    if (this.remembered === undefined && this.opening.length < opensFor) return;
    this.remembered = this.ms;
    [this.opening, this.settled] = [[], []];
  }

  private latest(count: number): readonly number[] {
    return [...this.opening, ...this.settled].slice(-count);
  }

  /** The last so many reports, where all are alike and that much off what is believed. */
  private latestOf({ words, alikeMs, elseMs }: SteadyReport): number[] | undefined {
    const latest = this.latest(words);
    const typical = median(latest);
    const areAlike = latest.length === words && latest.every((ms) => Math.abs(ms - typical) <= alikeMs);
    return areAlike && Math.abs(typical - this.ms) > elseMs ? [...latest] : undefined;
  }
}

const low = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
