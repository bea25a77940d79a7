import type { LoadedTrack, Output, OutputPrecision } from './output';

export interface SimulatedDevice {
  /** Its sound card's deviation, parts per million. */
  ppm: number;
  startLatencyMs: () => number;
  seekLatencyMs: () => number;
  /** Noise of one position reading, milliseconds. */
  jitterMs: () => number;
  /** Scheduled chunks instead of a media element: can be moved at once. */
  exact?: boolean;
}

/** For tests: a media element in simulated time that starts late, seeks slowly, drifts and can stall. */
export class SimulatedOutput implements Output {
  failed = false;
  silent = true;
  allowed = true;
  stalledUntil = 0;
  /** Until then the reading does not move although the sound does. */
  stuckUntil = 0;
  private stuckAt = 0;
  durationMs: number | undefined;
  seeks = 0;
  loads: string[] = [];
  shifts = 0;
  rates: number[] = [];
  private position = 0;
  private rate = 1;
  private wantsToPlay = false;
  private busyUntil = 0;
  private startsAt = 0;
  private last: number;

  constructor(
    private readonly now: () => number,
    private readonly device: SimulatedDevice,
  ) {
    this.last = now();
  }

  get precision(): OutputPrecision {
    return this.device.exact
      ? { alignedMs: 1, untouchedMs: 0.08, samples: 12, undoneInMs: 1_500, firmFromMs: 1, placedAheadMs: 500 }
      : { alignedMs: 6, untouchedMs: 0.2, samples: 24, undoneInMs: 3_000, firmFromMs: 10 };
  }

  get playing(): boolean {
    return this.wantsToPlay && !(this.truePositionMs >= (this.durationMs ?? Number.POSITIVE_INFINITY));
  }

  get seeking(): boolean {
    return this.now() < this.busyUntil;
  }

  get ready(): boolean {
    return this.loads.length > 0 && this.now() >= this.stalledUntil;
  }

  get truePositionMs(): number {
    const now = this.now();
    const from = Math.max(this.last, this.busyUntil, this.startsAt, this.stalledUntil);
    if (this.wantsToPlay && now > from) this.position += (now - from) * this.rate * (1 + this.device.ppm * 1e-6);
    this.last = now;
    return this.position;
  }

  get positionMs(): number {
    const reading = this.truePositionMs + this.device.jitterMs();
    if (this.now() >= this.stuckUntil) this.stuckAt = reading;
    return this.stuckAt;
  }

  load(track: LoadedTrack): boolean {
    this.loads.push(track.trackId);
    this.failed = false;
    this.position = 0;
    this.wantsToPlay = false;
    return false;
  }

  preload(): void {}
  chain(): void {}
  unchain(): void {}

  place(positionMs: number, inMs: number): boolean {
    if (!this.device.exact || !this.wantsToPlay) return false;
    this.position = positionMs + Math.max(0, -inMs) * this.rate;
    this.last = this.now();
    this.startsAt = this.now() + Math.max(0, inMs);
    return true;
  }

  shift(byMs: number): boolean {
    if (!this.device.exact) return false;
    this.position = this.truePositionMs + byMs;
    this.shifts += 1;
    return true;
  }

  seek(positionMs: number): void {
    this.seeks += 1;
    this.position = positionMs;
    this.last = this.now();
    this.busyUntil = this.now() + this.device.seekLatencyMs();
  }

  async play(): Promise<boolean> {
    if (!this.allowed) return false;
    if (!this.wantsToPlay) this.startsAt = this.now() + this.device.startLatencyMs();
    this.last = this.now();
    this.wantsToPlay = true;
    return true;
  }

  pause(): void {
    void this.truePositionMs;
    this.wantsToPlay = false;
  }

  setRate(rate: number): void {
    void this.truePositionMs;
    if (!this.silent) this.rates.push(rate);
    this.rate = rate;
  }

  setSilent(silent: boolean): void {
    this.silent = silent;
  }
}
