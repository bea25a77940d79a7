import type { LoadedTrack, Output } from '../timeline/output';

/** Listening alone: the element itself is the truth, so a stall pauses the song instead of skipping it. */
export class SoloPlayer {
  private wanted = false;
  private track: LoadedTrack | undefined;
  private lastMs = 0;

  constructor(
    private readonly output: Output & { readonly ended: boolean },
    private readonly changed: () => void,
  ) {}

  refused = false;

  get positionMs(): number {
    if (!this.output.failed) this.lastMs = this.output.positionMs;
    return this.lastMs;
  }

  get playing(): boolean {
    return this.wanted && !this.output.ended;
  }

  get stalled(): boolean {
    return this.playing && !this.output.ready;
  }

  async start(track: LoadedTrack, positionMs: number): Promise<void> {
    this.open(track, positionMs);
    await this.play();
  }

  async play(): Promise<void> {
    if (this.output.failed && this.track) this.open(this.track, this.lastMs);
    else if (this.output.ended) this.output.seek(0);
    this.wanted = true;
    this.output.setSilent(false, 20);
    this.refused = !(await this.output.play());
    if (this.refused) this.wanted = false;
    this.changed();
  }

  pause(): void {
    this.wanted = false;
    this.output.pause();
    this.changed();
  }

  seek(positionMs: number): void {
    this.output.seek(positionMs);
    this.changed();
  }

  stop(): void {
    this.wanted = false;
    this.output.setSilent(true, 0);
    this.output.pause();
  }

  /** Loads it, silent until it is played. */
  open(track: LoadedTrack, positionMs: number): void {
    this.track = track;
    this.output.load(track);
    this.output.setRate(1);
    this.output.seek(positionMs);
  }
}
