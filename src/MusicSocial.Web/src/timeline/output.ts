export interface LoadedTrack {
  trackId: string;
  url: string;
}

/** How exactly an output's position can be read, and so how closely it can be held. */
export interface OutputPrecision {
  /** An error this small counts as aligned. */
  alignedMs: number;
  /** Below this an error may as well be one of reading: nothing is corrected. */
  untouchedMs: number;
  /** How many readings are averaged to one. */
  samples: number;
  /** A smaller error is corrected over about this time: too slowly for a change of pitch to be audible or for the scatter of the readings to matter. */
  undoneInMs: number;
  /** From here on an error is not one of reading: it is corrected quickly. */
  firmFromMs: number;
  /** How long before its moment a start is best asked for, where starts can be placed exactly. */
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
  /** How long sound takes to the loudspeaker, milliseconds, as learnt; undefined where it is not known. */
  readonly latencyMs?: number | undefined;
  /** How long the sound really is, milliseconds, whatever the catalog says; undefined until it is known. */
  readonly durationMs: number | undefined;
  /** True when the track already sounds, chained to the one before: nothing has to be placed anew. */
  load(track: LoadedTrack): boolean;
  /** Fetches a track ahead of time so that `load` takes it over at once. */
  preload(track: LoadedTrack | undefined): void;
  /** Lets another track follow without a gap when this one has reached `endMs`; where an output cannot, nothing happens. */
  chain(track: LoadedTrack, endMs: number): void;
  /** Undoes `chain`: another track follows. */
  unchain(): void;
  seek(positionMs: number): void;
  /** False when the browser wants a gesture first. */
  play(): Promise<boolean>;
  pause(): void;
  /** Replaces what is played so that `positionMs` sounds in `inMs` milliseconds; false where that cannot be done exactly. */
  place(positionMs: number, inMs: number): boolean;
  /** Moves the sound by `byMs` at once, with a short cross-fade; false where that cannot be done exactly. */
  shift(byMs: number): boolean;
  setRate(rate: number): void;
  /** Silent outputs keep running; sound fades in and out over `fadeMs`. */
  setSilent(silent: boolean, fadeMs: number): void;
}

/** An output that can also play without a shared timeline. */
export interface SoloOutput extends Output {
  /** Sound will be wanted soon: opens what takes time to open. */
  warmUp?(): void;
  readonly ended: boolean;
  /** 1 is as recorded; not every output can be louder. */
  volume: number;
}
