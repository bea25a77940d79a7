import type { LoadedTrack, OutputPrecision, SoloOutput } from '../timeline/output';

/** `chunks`: placed sample by sample. `element`: the browser's own player, steered. */
export type Engine = 'chunks' | 'element';

/** What a listener may choose: the browser's own player, where scheduled chunks have trouble with a device. */
export type Preference = 'automatic' | 'element';

/** Chooses the output of each track: scheduled chunks where the hub has them and the browser can play them, otherwise media elements. */
export class OutputSelector implements SoloOutput {
  private used: SoloOutput;
  private track: LoadedTrack | undefined;
  private pendingSeekMs: number | undefined;
  private deciding = false;
  private silent = true;
  private rate = 1;
  private level = 1;
  private gain = 1;

  private made: SoloOutput | undefined;

  constructor(
    private readonly elements: SoloOutput,
    /** Makes the exact output when it is first needed; undefined where there is none. */
    private readonly make: (() => SoloOutput) | undefined,
    /** Whether a track can be had in chunks: yes or no once known, a promise until then. */
    private readonly offered: (trackId: string) => boolean | Promise<boolean>,
    /** What the listener chose. */
    public preferred: Preference = 'automatic',
  ) {
    this.used = elements;
  }

  get engine(): Engine {
    return this.used === this.elements ? 'element' : 'chunks';
  }

  get precision(): OutputPrecision {
    return this.used.precision;
  }

  get positionMs(): number {
    return this.pendingSeekMs ?? this.used.positionMs;
  }

  get playing(): boolean {
    return !this.deciding && this.used.playing;
  }

  get ready(): boolean {
    return !this.deciding && this.used.ready;
  }

  get seeking(): boolean {
    return this.deciding || this.used.seeking;
  }

  get failed(): boolean {
    return !this.deciding && this.used.failed;
  }

  get durationMs(): number | undefined {
    return this.deciding ? undefined : this.used.durationMs;
  }

  get latencyMs(): number | undefined {
    return this.used.latencyMs;
  }

  get ended(): boolean {
    return !this.deciding && this.used.ended;
  }

  get volume(): number {
    return this.level;
  }

  set volume(level: number) {
    this.level = level;
    this.turnUp();
  }

  /** What evens the song out with others, 1 being as recorded; elements cannot be louder than that. */
  setGain(gain: number): void {
    this.gain = gain;
    this.turnUp();
  }

  load(track: LoadedTrack): boolean {
    // Chunks that cannot be had any more: the whole file may still be there.
    const brokeOff = track.trackId === this.track?.trackId && this.engine === 'chunks' && this.used.failed;
    this.track = track;
    const answer = brokeOff ? false : this.isOffered(track);
    if (typeof answer === 'boolean') return this.choose(track, answer);
    this.deciding = true;
    void answer.then((can) => {
      if (this.track === track && this.deciding) this.choose(track, can);
    });
    return false;
  }

  warmUp(): void {
    if (this.preferred !== 'element') this.exact().warmUp?.();
  }

  preload(track: LoadedTrack | undefined): void {
    if (track === undefined) return;
    const answer = this.isOffered(track);
    if (answer === true) this.exact().preload(track);
    else if (answer === false) this.elements.preload(track);
  }

  chain(track: LoadedTrack, endMs: number): void {
    if (this.engine === 'chunks' && !this.deciding && this.isOffered(track) === true) this.used.chain(track, endMs);
  }

  unchain(): void {
    this.used.unchain();
  }

  seek(positionMs: number): void {
    if (this.deciding) this.pendingSeekMs = positionMs;
    else this.used.seek(positionMs);
  }

  async play(): Promise<boolean> {
    for (let waits = 0; this.deciding && waits < 60; waits++) await new Promise((resolve) => setTimeout(resolve, 50));
    return this.used.play();
  }

  pause(): void {
    this.used.pause();
  }

  place(positionMs: number, inMs: number): boolean {
    return !this.deciding && this.used.place(positionMs, inMs);
  }

  shift(byMs: number): boolean {
    return !this.deciding && this.used.shift(byMs);
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.used.setRate(rate);
  }

  setSilent(silent: boolean, fadeMs: number): void {
    this.silent = silent;
    this.used.setSilent(silent, fadeMs);
  }

  private turnUp(): void {
    this.elements.volume = this.level * Math.min(1, this.gain);
    if (this.made) this.made.volume = this.level * this.gain;
  }

  private isOffered(track: LoadedTrack): boolean | Promise<boolean> {
    return this.make === undefined || this.preferred === 'element' ? false : this.offered(track.trackId);
  }

  private exact(): SoloOutput {
    if (this.made === undefined && this.make !== undefined) {
      this.made = this.make();
      this.turnUp();
    }
    return this.made ?? this.elements;
  }

  private choose(track: LoadedTrack, inChunks: boolean): boolean {
    this.deciding = false;
    const next = inChunks ? this.exact() : this.elements;
    if (next !== this.used) {
      this.used.setSilent(true, 0);
      this.used.pause();
      this.used = next;
      next.setSilent(this.silent, 0);
      next.setRate(this.rate);
    }
    const sounds = next.load(track);
    if (this.pendingSeekMs !== undefined) next.seek(this.pendingSeekMs);
    this.pendingSeekMs = undefined;
    return sounds;
  }
}
