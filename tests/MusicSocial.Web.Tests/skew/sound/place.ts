import type { Sound } from './recording.ts';
import { skewOver } from './skew.ts';

/** Which place of a song was heard at a moment of a recording. */
interface Heard {
  atS: number;
  positionMs: number;
}

const everyMs = 100;
/** Between two looks a song goes on as a song does, for so long. */
const nearMs = 400;

/** When each place of a song was heard on one channel, found by comparing the recording with the song itself. */
export class HeardSong {
  private readonly heard: Heard[];

  /** `aboutMs` is the place at the beginning of the recording, good to a quarter of a second. */
  constructor(sound: Sound, channel: number, song: Float32Array, aboutMs: number) {
    const recorded = sound.channels[channel];
    if (recorded === undefined) throw new Error(`Channel ${channel} was not recorded.`);
    const shift = Math.round((aboutMs / 1_000) * sound.sampleRate);
    const beside = Float32Array.from({ length: recorded.length }, (_, at) => song[at + shift] ?? 0);
    const pair = { ...sound, channels: [recorded, beside] };
    this.heard = skewOver(pair, 0, 1, everyMs).map(({ atS, skewMs }) => ({
      atS,
      positionMs: (atS + shift / sound.sampleRate) * 1_000 + skewMs,
    }));
  }

  /** The moment of the recording at which a place was heard; undefined where nothing comparable was. */
  whenHeardS(positionMs: number): number | undefined {
    const distance = (heard: Heard) => Math.abs(heard.positionMs - positionMs);
    const nearest = this.heard.reduce<Heard | undefined>((best, next) => (best && distance(best) <= distance(next) ? best : next), undefined);
    if (nearest === undefined || distance(nearest) > nearMs) return undefined;
    return nearest.atS + (positionMs - nearest.positionMs) / 1_000;
  }
}
