import type { LoadedTrack, Output } from './output';

export interface SimulatedDevice {
  /** Its sound card's deviation, parts per million. */
  ppm: number;
  startLatencyMs: () => number;
  seekLatencyMs: () => number;
  /** Noise of one position reading, milliseconds. */
  jitterMs: () => number;
}

/** For tests: a media element in simulated time that starts late, seeks slowly, drifts and can stall. */
export class SimulatedOutput implements Output {
  failed = false;
  silent = true;
  allowed = true;
  stalledUntil = 0;
  loads: string[] = [];
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

  get playing(): boolean {
    return this.wantsToPlay;
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
    return this.truePositionMs + this.device.jitterMs();
  }

  load(track: LoadedTrack): void {
    this.loads.push(track.trackId);
    this.failed = false;
    this.position = 0;
    this.wantsToPlay = false;
  }

  preload(): void {}

  seek(positionMs: number): void {
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
    this.rate = rate;
  }

  setSilent(silent: boolean): void {
    this.silent = silent;
  }
}
