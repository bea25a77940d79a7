import type { OutputPrecision } from './output';

/** What to do about the distance between where the sound is and where it should be. */
export type Correction = { kind: 'rate'; factor: number } | { kind: 'jump' };

const gentleLimit = 0.001;
const firmLimit = 0.004;
const jumpMs = 60;
const lingeringMs = 30;
const lingersForMs = 400;
const coolDownMs = 1_500;
/** A device's drift is learnt from what is not undone in about this time. */
const learnsInMs = 3_000;
const firmlyUndoneInMs = 1_000;
/** No sound card deviates further. */
const driftLimit = 0.0003;
/** More slowly than errors are undone, so that a device’s drift is learnt without overshooting. */
const learnsPerMs2 = 1 / (4 * learnsInMs ** 2);
const longestStepMs = 500;

type Steered = Pick<OutputPrecision, 'untouchedMs' | 'undoneInMs' | 'firmFromMs'>;

/** Corrects small errors by a rate too small to hear and large ones by one jump, confirmed twice and never in a row. */
export class Steering {
  private largeSamples = 0;
  private largeSince = Number.NaN;
  private jumpedAt = Number.NEGATIVE_INFINITY;
  private drift = 0;
  private lastMs = Number.NaN;

  /** The rate at which this device's sound keeps up with hub time when there is nothing to undo. */
  get resting(): number {
    return 1 - this.drift;
  }

  /** Forgets the errors but not the device: its drift stays what it is. */
  forget(): void {
    this.largeSamples = 0;
    this.largeSince = Number.NaN;
    this.lastMs = Number.NaN;
  }

  /** `errorMs` is measured minus wanted: positive means the sound is ahead. */
  correct(errorMs: number, nowMs: number, { untouchedMs, undoneInMs, firmFromMs }: Steered): Correction {
    const size = Math.abs(errorMs);
    if (this.isJumpDue(size, nowMs)) {
      this.jumpedAt = nowMs;
      this.largeSamples = 0;
      this.largeSince = Number.NaN;
      return { kind: 'jump' };
    }
    if (size <= firmFromMs) this.learn(errorMs, nowMs);
    this.lastMs = nowMs;
    const isGentle = size <= firmFromMs;
    const undoing =
      size < untouchedMs
        ? 0
        : clamp(errorMs / (isGentle ? undoneInMs : firmlyUndoneInMs), isGentle ? gentleLimit : firmLimit);
    return { kind: 'rate', factor: 1 - undoing - this.drift };
  }

  private learn(errorMs: number, nowMs: number): void {
    if (Number.isNaN(this.lastMs)) return;
    const passed = Math.min(longestStepMs, Math.max(0, nowMs - this.lastMs));
    // While the rate is at its limit the error is not the drift's: learning from it would overshoot.
    const believed = clamp(errorMs, gentleLimit * learnsInMs);
    this.drift = clamp(this.drift + believed * passed * learnsPerMs2, driftLimit);
  }

  private isJumpDue(size: number, nowMs: number): boolean {
    this.largeSamples = size > jumpMs ? this.largeSamples + 1 : 0;
    if (size <= lingeringMs) this.largeSince = Number.NaN;
    else if (Number.isNaN(this.largeSince)) this.largeSince = nowMs;
    const lingers = nowMs - this.largeSince >= lingersForMs;
    return (this.largeSamples >= 2 || lingers) && nowMs - this.jumpedAt >= coolDownMs;
  }
}

const alignSpanMs = 300;
const alignLimit = 0.2;

/** The rate while the output is still silent: as fast as the element follows, so that the silence stays short. */
export const alignFactor = (errorMs: number) => 1 - clamp(errorMs / alignSpanMs, alignLimit);

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value));
