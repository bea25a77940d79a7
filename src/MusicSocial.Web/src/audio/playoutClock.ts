const kept = 15;
/** A mapping that moved further than this did not drift: the device was changed or slept. */
const jumpedMs = 20;
const believedAfter = 3;

/** Which moment of an audio context leaves the loudspeaker now: the median of the last pairs the browser gave, since single ones scatter. */
export class PlayoutClock {
  private distances: number[] = [];
  private odd = 0;

  constructor(
    private readonly context: Pick<AudioContext, 'getOutputTimestamp'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one more pair; call it a few times a second while the context runs. */
  look(): void {
    const { contextTime, performanceTime } = this.context.getOutputTimestamp();
    if (!contextTime || !performanceTime) return;
    const distance = contextTime * 1_000 - performanceTime;
    if (this.distances.length > 0 && Math.abs(distance - this.distanceMs) > jumpedMs) {
      this.odd += 1;
      if (this.odd < believedAfter) return;
      this.distances = [];
    }
    this.odd = 0;
    this.distances.push(distance);
    if (this.distances.length > kept) this.distances.shift();
  }

  get ready(): boolean {
    return this.distances.length > 0;
  }

  /** Context time, seconds, that is heard now. */
  get heard(): number {
    return (this.now() + this.distanceMs) / 1_000;
  }

  forget(): void {
    this.distances = [];
    this.odd = 0;
  }

  private get distanceMs(): number {
    const sorted = [...this.distances].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  }
}
