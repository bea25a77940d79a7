import type { LoadedTrack } from '../timeline/output';
import type { Track } from '../wire/contract';
import type { ChunkIndex } from './chunkIndex';

/** Which file a listener wants media elements to play: as it lies on the hub, or the hub's Opus of it where that has fewer bytes. */
export type Quality = 'original' | 'opus';

const key = 'musicsocial.quality';
/** What is to be heard now waits for an answer only so long, what comes next until the hub has most likely coded it. */
const answersWithinMs = 1_000;
const codesWithinMs = 15_000;

/** Chooses the file of each track, once: what is heard does not change its file, and what was fetched ahead is what will be heard. */
export class Renditions {
  private readonly broken = new Set<string>();
  private current: LoadedTrack | undefined;
  private next: LoadedTrack | undefined;
  private wanted: Quality = localStorage.getItem(key) === 'opus' ? 'opus' : 'original';

  constructor(
    private readonly index: ChunkIndex,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get quality(): Quality {
    return this.wanted;
  }

  /** On this device, from the next song on. */
  prefer(quality: Quality): void {
    if (quality === 'original') localStorage.removeItem(key);
    else localStorage.setItem(key, quality);
    this.wanted = quality;
    this.next = undefined;
    this.broken.clear();
  }

  /** What is played next is chosen anew, even if it is the same track again. */
  startOver(): void {
    this.current = undefined;
  }

  /** The file to play; undefined while the hub is asked. */
  of(track: Track): LoadedTrack | undefined {
    if (this.current?.trackId === track.id) return this.current;
    const file = this.next?.trackId === track.id ? this.next : this.choose(track, answersWithinMs, false);
    if (file) this.current = file;
    return file;
  }

  /** The file to fetch ahead of time; undefined for as long as the hub may still be coding it. */
  ahead(track: Track): LoadedTrack | undefined {
    if (this.next?.trackId !== track.id) this.next = this.choose(track, codesWithinMs, true);
    return this.next;
  }

  /** The file to play, once the hub has answered. */
  async settled(track: Track): Promise<LoadedTrack> {
    this.of(track);
    const patience = new Promise((resolve) => setTimeout(resolve, answersWithinMs));
    if (this.wanted === 'opus') await Promise.race([this.index.answerFor(track.id).came, patience]);
    return this.of(track) ?? original(track);
  }

  /** The file that is played cannot be: true when there is another one to try. */
  forgo(track: Track): boolean {
    if (this.current?.trackId !== track.id || this.current.url === track.audioUrl) return false;
    this.broken.add(track.audioUrl);
    this.current = undefined;
    if (this.next?.trackId === track.id) this.next = undefined;
    return true;
  }

  /** Whether what is heard is another file than the original. */
  isSmaller(track: Track): boolean {
    return this.current?.trackId === track.id && this.current.url !== track.audioUrl;
  }

  private choose(track: Track, patienceMs: number, waitsForCoding: boolean): LoadedTrack | undefined {
    if (this.wanted === 'original' || this.broken.has(track.audioUrl)) return original(track);
    const { chunks, pending, askedAtMs, firstAskedAtMs } = this.index.answerFor(track.id);
    if (chunks?.state === 'ready') return { trackId: track.id, url: chunks.wholeUrl };
    const mayChange = pending || (waitsForCoding && chunks?.state !== 'never');
    const waitedMs = this.now() - (waitsForCoding ? firstAskedAtMs : askedAtMs);
    return mayChange && waitedMs < patienceMs ? undefined : original(track);
  }
}

const original = (track: Track): LoadedTrack => ({ trackId: track.id, url: track.audioUrl });
