/** What to do about the distance between where the sound is and where it should be. */
export type Correction = { kind: 'rate'; factor: number } | { kind: 'jump' };

const untouchedMs = 0.3;
const gentleMs = 10;
const gentleLimit = 0.001;
const firmLimit = 0.004;
const jumpMs = 60;
const lingeringMs = 30;
const lingersForMs = 400;
const coolDownMs = 1_500;

/** Corrects small errors by a rate nobody hears and large ones by one jump, confirmed twice and never in a row. */
export class Steering {
  private largeSamples = 0;
  private largeSince = Number.NaN;
  private jumpedAt = Number.NEGATIVE_INFINITY;

  /** `errorMs` is measured minus wanted: positive means the sound is ahead. */
  correct(errorMs: number, nowMs: number): Correction {
    const size = Math.abs(errorMs);
    if (this.isJumpDue(size, nowMs)) {
      this.jumpedAt = nowMs;
      this.largeSamples = 0;
      this.largeSince = Number.NaN;
      return { kind: 'jump' };
    }
    if (size < untouchedMs) return { kind: 'rate', factor: 1 };
    const limit = size <= gentleMs ? gentleLimit : firmLimit;
    return { kind: 'rate', factor: 1 - clamp(errorMs / 3_000, limit) };
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

/** The rate while nobody hears the sound yet: as fast as the element follows, so that the silence stays short. */
export const alignFactor = (errorMs: number) => 1 - clamp(errorMs / alignSpanMs, alignLimit);

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value));
