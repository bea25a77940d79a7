import { Fourier } from './fourier.ts';
import type { Sound } from './recording.ts';

/** How far apart two channels were at a moment of the recording. */
export interface SkewSample {
  atS: number;
  /** Positive: the second channel is late. */
  skewMs: number;
}

const windowMs = 300;
const furthestMs = 300;
/** Where the test sound has its energy and every codec keeps its phase. */
const band = { fromHz: 150, toHz: 6_000 };
/** Below this share of a perfect match a window says nothing. */
const leastMatch = 0.25;
/** RMS below which a loudspeaker counts as silent. */
export const silentBelow = 0.003;

/** Skew over time: band-limited phase correlation of short windows, the peak interpolated between samples. Windows in which either side is silent are left out. */
export function skewOver(sound: Sound, first: number, second: number, stepMs: number): SkewSample[] {
  const a = channelOf(sound, first);
  const b = channelOf(sound, second);
  const length = samplesIn(sound, windowMs);
  const reach = samplesIn(sound, furthestMs);
  const fourier = new Fourier(2 ** Math.ceil(Math.log2(length + reach)));
  const samples: SkewSample[] = [];
  for (let from = 0; from + length <= a.length; from += samplesIn(sound, stepMs)) {
    if (isSilent(a, from, length) || isSilent(b, from, length)) continue;
    const peak = correlate(fourier, sound.sampleRate, a, b, from, length, reach);
    if (peak.match < leastMatch) continue;
    samples.push({ atS: (from + length / 2) / sound.sampleRate, skewMs: (peak.lag / sound.sampleRate) * 1_000 });
  }
  return samples;
}

interface Peak {
  lag: number;
  match: number;
}

function correlate(fourier: Fourier, rate: number, a: Float32Array, b: Float32Array, from: number, length: number, reach: number): Peak {
  const { size } = fourier;
  const one = fourier.of(a, from, length);
  const two = fourier.of(b, from, length);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  let weight = 0;
  for (let k = 0; k < size; k++) {
    const hz = (Math.min(k, size - k) * rate) / size;
    if (hz < band.fromHz || hz > band.toHz) continue;
    const x = (one.re[k] as number) * (two.re[k] as number) + (one.im[k] as number) * (two.im[k] as number);
    const y = (one.re[k] as number) * (two.im[k] as number) - (one.im[k] as number) * (two.re[k] as number);
    // Half whitened: full whitening would let bins that hold only coding noise vote as loudly as the sound.
    const size2 = Math.sqrt(Math.hypot(x, y)) + 1e-12;
    re[k] = x / size2;
    im[k] = y / size2;
    weight += size2;
  }
  return highest(fourier.inverse({ re, im }), reach, weight / size);
}

function highest(correlation: Float64Array, reach: number, perfect: number): Peak {
  const { length } = correlation;
  const at = (lag: number) => correlation[(lag + length) % length] as number;
  let best = 0;
  for (let lag = -reach; lag <= reach; lag++) if (at(lag) > at(best)) best = lag;
  const [before, top, after] = [at(best - 1), at(best), at(best + 1)];
  const curve = before - 2 * top + after;
  return { lag: best + (curve === 0 ? 0 : (before - after) / (2 * curve)), match: perfect > 0 ? top / perfect : 0 };
}

/** Stretches in which a channel was heard, in seconds; pauses shorter than `bridgeMs` do not end one. */
export function heardIn(sound: Sound, channel: number, frameMs: number, bridgeMs: number): { fromS: number; toS: number }[] {
  const signal = channelOf(sound, channel);
  const frame = samplesIn(sound, frameMs);
  const stretches: { fromS: number; toS: number }[] = [];
  for (let from = 0; from + frame <= signal.length; from += frame) {
    if (isSilent(signal, from, frame)) continue;
    const fromS = from / sound.sampleRate;
    const toS = (from + frame) / sound.sampleRate;
    const last = stretches.at(-1);
    if (last !== undefined && (fromS - last.toS) * 1_000 <= bridgeMs) last.toS = toS;
    else stretches.push({ fromS, toS });
  }
  return stretches;
}

function isSilent(signal: Float32Array, from: number, length: number): boolean {
  let energy = 0;
  for (let i = from; i < from + length; i++) energy += (signal[i] ?? 0) ** 2;
  return Math.sqrt(energy / length) < silentBelow;
}

function channelOf(sound: Sound, channel: number): Float32Array {
  const signal = sound.channels[channel];
  if (signal === undefined) throw new Error(`Channel ${channel} was not recorded.`);
  return signal;
}

const samplesIn = (sound: Sound, ms: number) => Math.round((sound.sampleRate * ms) / 1_000);
