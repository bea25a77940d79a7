const farMs = 8;

/** The mean of the last few readings. They scatter evenly within a step of the browser's, where a mean is three times as sure as a median; single odd ones do not count. */
export class Readings {
  private readonly kept: number[] = [];

  /** Takes one more; of those kept, the last `size` count. */
  add(value: number, size: number): void {
    this.kept.push(value);
    while (this.kept.length > size) this.kept.shift();
  }

  get value(): number {
    const sorted = [...this.kept].sort((a, b) => a - b);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    if (middle === undefined) return 0;
    const near = sorted.filter((value) => Math.abs(value - middle) <= farMs);
    return near.reduce((total, value) => total + value, 0) / near.length;
  }

  clear(): void {
    this.kept.length = 0;
  }
}
