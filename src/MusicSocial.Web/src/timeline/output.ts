export interface LoadedTrack {
  trackId: string;
  url: string;
}

/** How finely an output's position can be read, and so how closely it can be held. */
export interface OutputPrecision {
  /** An error this small counts as aligned. */
  alignedMs: number;
  /** An error this small is as likely the reading's as the sound's. */
  untouchedMs: number;
  /** How many readings make one that can be trusted. */
  samples: number;
  /** A smaller error is undone in about this time: soon enough, and too slowly for the pitch to be heard moving or for the readings' scatter to be followed. */
  undoneInMs: number;
  /** From here on an error is no reading's: it is undone quickly. */
  firmFromMs: number;
  /** How long before it is to be heard a start is best asked for, where starts can be placed exactly. */
  placedAheadMs?: number;
}

/** Something that makes one track audible and can be steered: media elements, scheduled chunks, or a simulation of them. */
export interface Output {
  readonly precision: OutputPrecision;
  /** Where the audible sound is, milliseconds. */
  readonly positionMs: number;
  readonly playing: boolean;
  /** Enough is loaded around the position to play on. */
  readonly ready: boolean;
  /** A seek is still being carried out. */
  readonly seeking: boolean;
  /** The track cannot be loaded or decoded. */
  readonly failed: boolean;
  /** How long what is made takes to the loudspeaker, milliseconds, as learnt; undefined where nobody says. */
  readonly latencyMs?: number | undefined;
  /** How long the sound really is, milliseconds, whatever the catalog says; undefined until it is known. */
  readonly durationMs: number | undefined;
  /** True when the track already sounds, chained to the one before: nothing has to be placed anew. */
  load(track: LoadedTrack): boolean;
  /** Fetches a track ahead of time so that `load` takes it over at once. */
  preload(track: LoadedTrack | undefined): void;
  /** Lets another track follow without a gap when this one has reached `endMs`; where an output cannot, nothing happens. */
  chain(track: LoadedTrack, endMs: number): void;
  /** The next track is another one after all. */
  unchain(): void;
  seek(positionMs: number): void;
  /** False when the browser wants a gesture first. */
  play(): Promise<boolean>;
  pause(): void;
  /** Lets `positionMs` be heard in so many milliseconds and what follows after it, in place of whatever was played; false where that cannot be done exactly. */
  place(positionMs: number, inMs: number): boolean;
  /** Moves the sound by so much at once, joined by a short cross-fade; false where that cannot be done exactly. */
  shift(byMs: number): boolean;
  setRate(rate: number): void;
  /** Silent outputs keep running; sound fades in and out over `fadeMs`. */
  setSilent(silent: boolean, fadeMs: number): void;
}

/** An output one can also listen to alone. */
export interface SoloOutput extends Output {
  /** Sound will be wanted soon: opens what takes time to open. */
  warmUp?(): void;
  readonly ended: boolean;
  /** 1 is as recorded; not every output can be louder. */
  volume: number;
}
