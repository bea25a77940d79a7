/** The median of the last few numbers: one odd measurement moves nothing. */
export class Median {
  private readonly kept: number[] = [];

  /** Takes one more; of those kept, the last `size` count. */
  add(value: number, size: number): void {
    this.kept.push(value);
    while (this.kept.length > size) this.kept.shift();
  }

  get value(): number {
    const sorted = [...this.kept].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  }

  clear(): void {
    this.kept.length = 0;
  }
}
