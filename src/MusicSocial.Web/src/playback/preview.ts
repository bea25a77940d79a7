import type { Output } from '../timeline/output';

const heardForMs = 5_000;
const patienceMs = 6_000;
const fadeMs = 20;

/** A few seconds of another place of the song, for this listener alone, on the output of the shared timeline. */
export class Preview {
  /** The track it is taken from; undefined while there is none. */
  trackId: string | undefined;
  private fromMs = 0;
  private startedAt = 0;
  private heard = false;
  private round = 0;

  constructor(
    private readonly output: Output,
    private readonly now: () => number,
    private readonly changed: (active: boolean) => void,
  ) {}

  get active(): boolean {
    return this.trackId !== undefined;
  }

  /** Plays from there; during a preview it begins anew from there. */
  async start(trackId: string, fromMs: number): Promise<void> {
    const began = !this.active;
    const round = ++this.round;
    this.trackId = trackId;
    this.fromMs = fromMs;
    this.startedAt = this.now();
    this.heard = false;
    this.output.setSilent(true, 0);
    this.output.setRate(1);
    this.output.seek(fromMs);
    if (began) this.changed(true);
    const allowed = await this.output.play();
    if (!allowed && round === this.round) this.end();
  }

  /** Checks the output once: it is audible as soon as it is loaded, and ends after a few seconds, with the song, or when nothing comes. */
  tick(): void {
    if (!this.active) return;
    if (this.output.failed) return this.end();
    if (!this.heard) {
      if (this.output.ready && !this.output.seeking) {
        this.heard = true;
        this.output.setSilent(false, fadeMs);
      } else if (this.now() - this.startedAt > patienceMs) this.end();
      return;
    }
    const over = this.output.positionMs >= this.fromMs + heardForMs || !this.output.playing;
    if (over || this.now() - this.startedAt > heardForMs + patienceMs) this.end();
  }

  /** Ends at once: the output is silent and free again. */
  end(): void {
    if (!this.active) return;
    this.round += 1;
    this.trackId = undefined;
    this.output.setSilent(true, fadeMs);
    this.output.pause();
    this.changed(false);
  }
}
