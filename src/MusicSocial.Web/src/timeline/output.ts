export interface LoadedTrack {
  trackId: string;
  url: string;
}

/** Something that makes one track audible and can be steered: a pair of media elements, or a simulation of them. */
export interface Output {
  /** Where the audible sound is, milliseconds. */
  readonly positionMs: number;
  readonly playing: boolean;
  /** Enough is loaded around the position to play on. */
  readonly ready: boolean;
  /** A seek is still being carried out. */
  readonly seeking: boolean;
  /** The track cannot be loaded or decoded. */
  readonly failed: boolean;
  load(track: LoadedTrack): void;
  /** Fetches a track ahead of time so that `load` takes it over at once. */
  preload(track: LoadedTrack | undefined): void;
  seek(positionMs: number): void;
  /** False when the browser wants a gesture first. */
  play(): Promise<boolean>;
  pause(): void;
  setRate(rate: number): void;
  /** Silent outputs keep running; sound fades in and out over `fadeMs`. */
  setSilent(silent: boolean, fadeMs: number): void;
}
