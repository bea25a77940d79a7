import { OutputLatency } from './outputLatency';

const key = 'musicsocial.latency';

interface Learnt {
  sampleRate: number;
  baseLatency: number;
  ms: number;
}

type Device = Pick<AudioContext, 'sampleRate' | 'baseLatency'>;

/** The latency of this device's output, from what earlier visits learnt of it on. */
export function latencyOf({ sampleRate, baseLatency }: Device): OutputLatency {
  const learnt = recalled();
  const isSame = learnt?.sampleRate === sampleRate && learnt.baseLatency === baseLatency;
  return new OutputLatency(isSame ? learnt.ms : undefined, (ms) =>
    localStorage.setItem(key, JSON.stringify({ sampleRate, baseLatency, ms } satisfies Learnt)),
  );
}

function recalled(): Learnt | undefined {
  try {
    const learnt = JSON.parse(localStorage.getItem(key) ?? 'null') as Learnt | null;
    return Number.isFinite(learnt?.ms) ? (learnt ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}
