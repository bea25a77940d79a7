import type { Track } from '../wire/contract';

/** The loudness all songs are brought to, LUFS: what most masters reach, so that few have to be raised. */
const targetLufs = -14;
/** A song is turned down as far as it takes, but raised no further than this. */
const mostUpDb = 6;

/** The factor that makes a song as loud as others, raising it only as far as its peaks allow; 1 where nothing was measured. */
export function gainOf({ loudness, peak }: Pick<Track, 'loudness' | 'peak'>): number {
  if (typeof loudness !== 'number') return 1;
  const room = Math.max(0, -(peak ?? 0));
  return 10 ** (Math.min(targetLufs - loudness, room, mostUpDb) / 20);
}
