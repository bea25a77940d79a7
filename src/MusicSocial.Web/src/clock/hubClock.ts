import { type Probe, pathOf, roundTripOf, summarise } from './burst';
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
/** An answer that takes longer is as good as lost: nothing may wait for it. */
const lostAfterMs = 2_000;
/** After a burst that was not believed the next comes soon: it shows whether the network or the device's clock stepped. */
const doubtMs = 250;

/** The pause before the next burst: dense while little is known, then enough to follow the drift. */
export function pauseAfter(bursts: number, sinceStartMs: number): number {
  if (bursts <= 3) return 250;
  return sinceStartMs < 10_000 ? 1_000 : sinceStartMs < 30_000 ? 2_000 : 10_000;
}

/** Hub time on this device: asks the hub in bursts and keeps counting whatever happens to the connection. */
export class HubClock {
  /** The first burst is over, so sound may be placed. A single answer can be late by what a busy machine takes to handle it. */
  firm = false;
  private readonly filter = new OffsetFilter();
  private cancelNext = () => {};
  private run = 0;
  private lastRoundTrip = Number.NaN;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly ask: (clientMs: number) => Promise<{ hubMs: number }>,
    private readonly surroundings: ClockSurroundings = browserSurroundings,
    /** Called after every burst with the mean round trip and its standard deviation. */
    private readonly measured: (roundTripMs: number, jitterMs: number) => void = () => {},
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

  /** Resolves with the first answer. */
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

  private async series(run: number, startedAt: number, bursts: number): Promise<void> {
    const probes = await this.burst(run);
    if (run !== this.run) return;
    const believed = probes.length === 0 || this.absorb(probes);
    this.firm ||= this.ready;
    if (probes.length > 1) this.measured(...pathOf(probes));
    const pause = believed ? pauseAfter(bursts + 1, this.surroundings.now() - startedAt) : doubtMs;
    this.cancelNext = this.surroundings.after(pause, () => void this.series(run, startedAt, bursts + 1));
  }

  private async burst(run: number): Promise<Probe[]> {
    const probes: Probe[] = [];
    for (let i = 0; i < probesPerBurst && run === this.run; i++) {
      const sentMs = this.surroundings.now();
      try {
        const answer = await this.inTime(this.ask(sentMs));
        if (answer === undefined) break;
        probes.push({ sentMs, hubMs: answer.hubMs, receivedMs: this.surroundings.now() });
      } catch {
        break;
      }
      if (!this.filter.started) this.absorb(probes);
    }
    return probes;
  }

  private inTime<T>(answer: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = this.surroundings.after(lostAfterMs, () => resolve(undefined));
      answer.then(resolve, reject).finally(cancel);
    });
  }

  /** Whether the burst was believed. */
  private absorb(probes: readonly Probe[]): boolean {
    const burst = summarise(probes);
    if (burst === undefined) return true;
    this.lastRoundTrip = Math.min(...probes.map(roundTripOf));
    const believed = this.filter.update(burst);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
    return believed;
  }
}
