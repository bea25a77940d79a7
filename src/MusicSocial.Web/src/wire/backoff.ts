/** Waits between attempts to reconnect: doubling from half a second to ten, each spread over its whole length so a crowd does not return at once. */
export class BackOff {
  private attempt = 0;

  constructor(
    private readonly random: () => number = Math.random,
    private readonly firstMs = 400,
    private readonly longestMs = 10_000,
  ) {}

  next(): number {
    const ceiling = Math.min(this.longestMs, this.firstMs * 2 ** this.attempt);
    this.attempt += 1;
    return ceiling / 2 + (ceiling / 2) * this.random();
  }

  reset(): void {
    this.attempt = 0;
  }
}
