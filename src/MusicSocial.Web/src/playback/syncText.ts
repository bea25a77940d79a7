import type { ClockReading } from '../clock/hubClock';
import type { FollowerState } from '../timeline/timelineFollower';

export interface SyncText {
  tone: 'good' | 'busy' | 'off';
  text: string;
}

const audibleMs = 30;

/**
 * How far the sound may be from the others', as far as a device can know: its present error, the path's unseen asymmetry (half
 * the quickest round trip) and two standard deviations of its clock.
 */
export function uncertaintyOf(clock: Pick<ClockReading, 'boundMs' | 'sigmaMs'>, errorMs: number): number {
  const known = [Math.abs(errorMs), clock.boundMs, 2 * clock.sigmaMs].filter(Number.isFinite);
  return known.reduce((sum, part) => sum + part, 0);
}

/** The text of the sync chip. */
export function describeSync(
  source: string,
  state: FollowerState,
  errorMs: number,
  uncertaintyMs: number,
): SyncText | undefined {
  if (source !== 'room' && source !== 'along') return undefined;
  switch (state) {
    case 'following': {
      const off = Math.abs(errorMs);
      if (off > audibleMs) return { tone: 'off', text: `${errorMs > 0 ? '+' : '−'}${Math.round(off)} ms` };
      return { tone: 'good', text: `In sync ±${Math.max(1, Math.ceil(uncertaintyMs))} ms` };
    }
    case 'aligning':
    case 'loading':
    case 'early':
      return { tone: 'busy', text: 'Syncing…' };
    case 'failed':
      return { tone: 'off', text: 'Cannot play this' };
    default:
      return undefined;
  }
}
