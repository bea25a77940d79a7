import type { FollowerState } from '../timeline/follower';

export interface SyncText {
  tone: 'good' | 'busy' | 'off';
  text: string;
}

const audibleMs = 30;

/** A few words about the sync: the present error and what the clock cannot know, together. */
export function describeSync(
  source: string,
  state: FollowerState,
  errorMs: number,
  boundMs: number,
): SyncText | undefined {
  if (source !== 'room' && source !== 'along') return undefined;
  switch (state) {
    case 'following': {
      const off = Math.abs(errorMs);
      if (off > audibleMs) return { tone: 'off', text: `${errorMs > 0 ? '+' : '−'}${Math.round(off)} ms` };
      const within = off + (Number.isFinite(boundMs) ? boundMs : 0);
      return { tone: 'good', text: `In sync ±${Math.max(1, Math.ceil(within))} ms` };
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
