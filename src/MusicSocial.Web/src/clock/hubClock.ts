import { type Probe, roundTripOf, summarise } from './burst';
import { OffsetFilter } from './filter';

export interface ClockSurroundings {
  /** Monotonic milliseconds since the Unix epoch. */
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export const browserSurroundings: ClockSurroundings = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
};

export interface ClockReading {
  ready: boolean;
  offsetMs: number;
  driftPpm: number;
  sigmaMs: number;
  boundMs: number;
  roundTripMs: number;
}

const probesPerBurst = 8;

/** The pause before the next burst: dense while little is known, then enough to follow the drift. */
export function pauseAfter(bursts: number, sinceStartMs: number): number {
  if (bursts <= 3) return 250;
  return sinceStartMs < 30_000 ? 2_000 : 10_000;
}

/** Hub time on this device: asks the hub in bursts and keeps counting whatever happens to the connection. */
export class HubClock {
  private filter = new OffsetFilter();
  private cancelNext = () => {};
  private run = 0;
  private lastRoundTrip = Number.NaN;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly ask: (clientMs: number) => Promise<{ hubMs: number }>,
    private readonly surroundings: ClockSurroundings = browserSurroundings,
  ) {}

  /** Hub time now, milliseconds. Before the first answer it is this device's own time. */
  now(): number {
    return this.toHub(this.surroundings.now());
  }

  toHub(clientMs: number): number {
    return clientMs + this.filter.offsetAt(clientMs);
  }

  get ready(): boolean {
    return this.filter.started;
  }

  get reading(): ClockReading {
    const now = this.surroundings.now();
    return {
      ready: this.filter.started,
      offsetMs: this.filter.offsetAt(now),
      driftPpm: this.filter.driftPpm,
      sigmaMs: this.filter.sigmaAt(now),
      boundMs: this.filter.boundMs,
      roundTripMs: this.lastRoundTrip,
    };
  }

  /** Resolves once the clock can be trusted to place sound. */
  whenReady(): Promise<void> {
    return this.ready ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Starts a dense series of bursts: on connecting, on waking up, on coming online. */
  start(): void {
    this.stop();
    const run = this.run;
    void this.series(run, this.surroundings.now(), 0);
  }

  /** Stops asking; `now` goes on. */
  stop(): void {
    this.run += 1;
    this.cancelNext();
  }

  /** Forgets everything: the hub's clock itself was replaced. */
  forget(): void {
    this.filter = new OffsetFilter();
  }

  private async series(run: number, startedAt: number, bursts: number): Promise<void> {
    const probes = await this.burst(run);
    if (run !== this.run) return;
    if (probes.length > 0) this.absorb(probes);
    const pause = pauseAfter(bursts + 1, this.surroundings.now() - startedAt);
    this.cancelNext = this.surroundings.after(pause, () => void this.series(run, startedAt, bursts + 1));
  }

  private async burst(run: number): Promise<Probe[]> {
    const probes: Probe[] = [];
    for (let i = 0; i < probesPerBurst && run === this.run; i++) {
      const sentMs = this.surroundings.now();
      try {
        const { hubMs } = await this.ask(sentMs);
        probes.push({ sentMs, hubMs, receivedMs: this.surroundings.now() });
      } catch {
        break;
      }
      if (!this.filter.started) this.absorb(probes);
    }
    return probes;
  }

  private absorb(probes: readonly Probe[]): void {
    const burst = summarise(probes);
    if (burst === undefined) return;
    this.lastRoundTrip = Math.min(...probes.map(roundTripOf));
    this.filter.update(burst);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
