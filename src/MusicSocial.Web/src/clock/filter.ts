import type { BurstResult } from './burst';

const driftPriorPpm = 100;
/** How much the drift itself may wander, per second: temperature, not electronics. */
const driftWalkPpm = 0.05;
const gateSigmas = 3;
const rejectsBeforeRestart = 3;
/** The quickest round trip is forgotten toward those of now by this share per burst: half within six minutes, as after a change from Wi-Fi to a mobile network. */
const forgottenPerBurst = 0.02;

/** A two-state Kalman filter over (offset, drift): the hub clock as seen from this device, between and beyond the bursts. */
export class OffsetFilter {
  private offset = 0;
  private drift = 0;
  private at = 0;
  private varOffset = 0;
  private covariance = 0;
  private varDrift = 0;
  private smallestRoundTrip = Number.POSITIVE_INFINITY;
  private bias = Number.POSITIVE_INFINITY;
  private rejects = 0;
  private rejectSide = 0;
  started = false;

  /** Hub clock minus client clock at client time `atMs`. */
  offsetAt(atMs: number): number {
    return this.offset + this.drift * (atMs - this.at);
  }

  /** One standard deviation of `offsetAt`, milliseconds. */
  sigmaAt(atMs: number): number {
    if (!this.started) return Number.POSITIVE_INFINITY;
    const dt = atMs - this.at;
    return Math.sqrt(this.varOffset + 2 * dt * this.covariance + dt * dt * this.varDrift);
  }

  /**
   * The error no filter can beat: a path that takes longer one way than the other shifts every burst by up to half its round trip, and averaging does not remove it. What is known here is a
   * mixture of bursts, so the bound is the same mixture of their halves.
   */
  get boundMs(): number {
    return this.bias;
  }

  get driftPpm(): number {
    return this.drift * 1e6;
  }

  /** Returns false when the burst disagreed too much to be believed. */
  update(burst: BurstResult): boolean {
    const slowerMs = Math.max(0, this.smallestRoundTrip - burst.roundTripMs);
    this.smallestRoundTrip = Math.min(this.smallestRoundTrip, burst.roundTripMs);
    const excess = burst.roundTripMs - this.smallestRoundTrip;
    this.smallestRoundTrip += excess * forgottenPerBurst;
    const sigma = 0.15 + excess / 2 + 0.02 * this.smallestRoundTrip;
    if (!this.started) {
      this.restart(burst, sigma);
      return true;
    }

    this.predict(burst.atMs);
    // A quicker path: what was learnt on the slower one may be wrong by half the difference.
    this.varOffset += (slowerMs / 2) ** 2;
    const surprise = burst.offsetMs - this.offset;
    const variance = this.varOffset + sigma * sigma;
    if (Math.abs(surprise) > gateSigmas * Math.sqrt(variance)) return this.reject(burst, sigma, Math.sign(surprise));

    this.rejects = 0;
    const gainOffset = this.varOffset / variance;
    const gainDrift = this.covariance / variance;
    this.offset += gainOffset * surprise;
    this.bias += gainOffset * (burst.roundTripMs / 2 - this.bias);
    this.drift += gainDrift * surprise;
    this.varDrift -= gainDrift * this.covariance;
    this.covariance *= 1 - gainOffset;
    this.varOffset *= 1 - gainOffset;
    return true;
  }

  private predict(atMs: number): void {
    const dt = atMs - this.at;
    if (dt <= 0) return;
    this.offset += this.drift * dt;
    this.varOffset += 2 * dt * this.covariance + dt * dt * this.varDrift;
    this.covariance += dt * this.varDrift;
    this.varDrift += ((driftWalkPpm * 1e-6) ** 2 * dt) / 1_000;
    this.at = atMs;
  }

  private reject(burst: BurstResult, sigma: number, side: number): boolean {
    this.rejects = side === this.rejectSide ? this.rejects + 1 : 1;
    this.rejectSide = side;
    if (this.rejects < rejectsBeforeRestart) return false;
    this.restart(burst, sigma);
    return true;
  }

  private restart(burst: BurstResult, sigma: number): void {
    this.offset = burst.offsetMs;
    this.bias = burst.roundTripMs / 2;
    this.drift = 0;
    this.at = burst.atMs;
    this.varOffset = sigma * sigma;
    this.covariance = 0;
    this.varDrift = (driftPriorPpm * 1e-6) ** 2;
    this.rejects = 0;
    this.started = true;
  }
}
