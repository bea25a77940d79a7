/** What browser tests, and developers in the console, can read: where the sound is and where it should be. */
export interface Measurement {
  /** This device's monotonic clock, milliseconds since the epoch. */
  clientMs: number;
  hubMs: number;
  positionMs: number;
  audibleMs: number;
  wantedMs: number | undefined;
  state: string;
  trackId: string | undefined;
  connection: string;
  errorMs: number;
  /** How often the sound had to be placed anew since the page was opened. */
  corrections: number;
  engine: string;
  rate: number;
  /** How far the sound may be off at most, as far as this device can know. */
  uncertaintyMs: number;
  roundTripMs: number;
}
