import type { Room, Track } from '../wire/contract';

/** The tracks seen in a room, by id: a timeline names only an id. */
export class KnownTracks {
  private readonly tracks = new Map<string, Track>();
  private readonly asked = new Map<string, Promise<void>>();

  constructor(private readonly read: (id: string) => Promise<Track | undefined>) {}

  of(id: string | null | undefined): Track | undefined {
    return id ? this.tracks.get(id) : undefined;
  }

  meet(room: Pick<Room, 'queue' | 'current'>): void {
    for (const item of room.current ? [room.current, ...room.queue] : room.queue)
      this.tracks.set(item.track.id, item.track);
  }

  /** Reads a track from the library; callers meanwhile share the request. */
  ask(id: string): Promise<void> {
    const asked =
      this.asked.get(id) ??
      this.read(id).then((track) => {
        this.asked.delete(id);
        if (track) this.tracks.set(track.id, track);
      });
    this.asked.set(id, asked);
    return asked;
  }
}
