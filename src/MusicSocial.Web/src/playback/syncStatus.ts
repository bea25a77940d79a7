import type { AudioPlayers } from '../audio/audioPlayers';
import type { Engine, OutputSelector } from '../audio/outputSelector';
import type { Renditions } from '../audio/renditions';
import type { TimelineFollower } from '../timeline/timelineFollower';
import type { Track } from '../wire/contract';

/** How the sound is made and how exactly it is held, read when it is shown or measured. */
export interface SyncStatus {
  /** Where the output itself says that the sound is, milliseconds. */
  audibleMs(): number;
  /** Measured minus wanted, milliseconds; 0 when listening alone. */
  errorMs(): number;
  /** How often the sound was placed anew since the page was opened. */
  corrections(): number;
  /** The rate that is steered with, where 1 is as recorded. */
  rate(): number;
  /** Which way the sound is made. */
  engine(): Engine;
  /** Whether what is heard was coded as Opus by the hub. */
  hearsOpus(): boolean;
  /** How late this device starts, milliseconds, as learnt. */
  startLatencyMs(): number;
  /** How long sound takes to this device's loudspeaker, milliseconds, as learnt; undefined where it is not known. */
  outputLatencyMs(): number | undefined;
}

export function createSyncStatus(
  isSolo: () => boolean,
  track: () => Track | undefined,
  parts: { elements: AudioPlayers; output: OutputSelector; follower: TimelineFollower; renditions: Renditions },
): SyncStatus {
  const { elements, output, follower, renditions } = parts;
  const engine = () => (isSolo() ? 'element' : output.engine);
  return {
    audibleMs: () => (isSolo() ? elements : output).positionMs,
    errorMs: () => (isSolo() ? 0 : follower.errorMs),
    corrections: () => follower.corrections,
    rate: () => follower.rate,
    engine,
    hearsOpus() {
      const current = track();
      return engine() === 'chunks' || (current !== undefined && renditions.isSmaller(current));
    },
    startLatencyMs: () => follower.startLatencyMs,
    outputLatencyMs: () => (isSolo() ? undefined : output.latencyMs),
  };
}
