/** How many of how many events were shown. */
export interface Share {
  shown: number;
  total: number;
}

const keptMs = 10_000;

/** Sums up sampled frames over the last ten seconds, and reports every change of the sum; undefined once everything is shown again. */
export class Samples {
  private latest: Share[] = [];

  constructor(
    private readonly tell: (share: Share | undefined) => void,
    private readonly later: (ms: number, run: () => void) => void = (ms, run) => setTimeout(run, ms),
  ) {}

  add(shown: number, total: number): void {
    const added = { shown, total };
    this.latest.push(added);
    this.sumUp();
    this.later(keptMs, () => {
      const kept = this.latest.filter((share) => share !== added);
      if (kept.length === this.latest.length) return;
      this.latest = kept;
      this.sumUp();
    });
  }

  clear(): void {
    if (this.latest.length === 0) return;
    this.latest = [];
    this.sumUp();
  }

  private sumUp(): void {
    const sum = { shown: 0, total: 0 };
    for (const { shown, total } of this.latest) {
      sum.shown += shown;
      sum.total += total;
    }
    this.tell(sum.total === 0 ? undefined : sum);
  }
}
