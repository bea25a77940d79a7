import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stereo sound of which no two places are alike, as WAV bytes: noise without the highest and lowest notes, seeded. The same in both channels. */
export function noise(seconds: number, seed: number, amplitude = 9_000, sampleRate = 48_000): Buffer {
  const frames = seconds * sampleRate;
  const wav = Buffer.alloc(44 + frames * 4);
  header(wav, frames, sampleRate);
  let state = seed;
  let low = 0;
  let lower = 0;
  for (let i = 0; i < frames; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    low += 0.35 * (state / 2 ** 31 - 1 - low);
    lower += 0.02 * (low - lower);
    const value = Math.round((low - lower) * amplitude);
    wav.writeInt16LE(value, 44 + i * 4);
    wav.writeInt16LE(value, 46 + i * 4);
  }
  return wav;
}

const firstSeed = 7;

/** The n-th song of such a folder, or its beginning, as it was before it was coded: which place of it is heard can be told by comparing. */
export function songOf(seconds: number, at = 0): Float32Array {
  const wav = noise(seconds, firstSeed + at);
  return Float32Array.from({ length: (wav.length - 44) / 4 }, (_, frame) => wav.readInt16LE(44 + frame * 4) / 32_768);
}

/** A music folder with such songs, coded like every song of the library, and lyrics beside those that have any. */
export function noiseFolder(folder: string, songs: Record<string, number>, lyrics: Record<string, string> = {}): string {
  mkdirSync(folder, { recursive: true });
  for (const [title, ttml] of Object.entries(lyrics)) writeFileSync(join(folder, `${title}.ttml`), ttml);
  Object.entries(songs).forEach(([title, seconds], at) => {
    const args = ['-v', 'error', '-i', 'pipe:0', '-c:a', 'libopus', '-b:a', '96k', '-metadata', `title=${title}`, '-metadata', 'artist=Rig'];
    execFileSync('ffmpeg', [...args, join(folder, `${title}.webm`)], { input: noise(seconds, firstSeed + at) });
  });
  return folder;
}

function header(wav: Buffer, frames: number, sampleRate: number): void {
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + frames * 4, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(frames * 4, 40);
}
