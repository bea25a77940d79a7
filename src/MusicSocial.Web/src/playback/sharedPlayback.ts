import type { Renditions } from '../audio/renditions';
import type { HubClock } from '../clock/hubClock';
import type { Output } from '../timeline/output';
import { isPlaying, silence } from '../timeline/timeline';
import type { TimelineFollower } from '../timeline/timelineFollower';
import type { Track } from '../wire/contract';
import { Preview } from './preview';
import { type Shared, SharedTimeline } from './sharedTimeline';

const previewTickMs = 50;
const goldenRatio = 0.618_034;

/** Listening with others: holds the output on a shared timeline, except while a preview has it or the page is set aside. */
export class SharedPlayback {
  /** This page is silent while the user works on the song and hears it elsewhere on the page. */
  isAside = false;
  private shared = new SharedTimeline();
  private readonly preview: Preview;
  private ticks = 0;

  constructor(
    private readonly output: Output,
    private readonly follower: TimelineFollower,
    private readonly renditions: Pick<Renditions, 'of' | 'ahead' | 'forgo'>,
    private readonly clock: Pick<HubClock, 'now' | 'firm' | 'ready'>,
    previewing: (active: boolean) => void,
  ) {
    this.preview = new Preview(output, () => clock.now(), previewing);
  }

  get track(): Track | undefined {
    return this.shared.track;
  }

  get playing(): boolean {
    return isPlaying(this.shared.timeline);
  }

  get positionMs(): number {
    const { follower, output } = this;
    return this.preview.active ? output.positionMs - follower.deviceOffsetMs : follower.positionMs;
  }

  /** How soon `tick` wants to be called again; never in step with the browser's own steps of the position. */
  get tickMs(): number {
    return this.preview.active ? previewTickMs : this.follower.tickMs * (0.7 + 0.6 * ((this.ticks * goldenRatio) % 1));
  }

  open(shared: Shared): void {
    this.shared = new SharedTimeline(shared);
  }

  close(): void {
    this.preview.end();
    this.follower.follow(silence, undefined);
    this.shared = new SharedTimeline();
  }

  /** Steers by what the clock says now; true when the next track of the queue began. */
  tick(): boolean {
    this.ticks += 1;
    const { clock, follower, preview, renditions } = this;
    if (!clock.firm) return false;
    const crossed = this.shared.advance(clock.now());
    const { track, next, timeline } = this.shared;
    if (preview.trackId !== track?.id) preview.end();
    preview.tick();
    if (preview.active) return false;
    if (track && follower.state === 'failed') renditions.forgo(track);
    if (!this.isAside) follower.follow(timeline, track && renditions.of(track));
    const ahead = next && renditions.ahead(next);
    if (ahead) follower.expect(ahead);
    return crossed;
  }

  /** Another place of the song for a few seconds; false where there is nothing to preview. */
  startPreview(positionMs: number): boolean {
    const { track } = this;
    if (track === undefined || !this.clock.ready) return false;
    this.follower.yieldOutput();
    void this.preview.start(track.id, Math.max(0, positionMs));
    return true;
  }

  endPreview(): void {
    this.preview.end();
  }

  /** Silent from now on; `tick` takes the output back once `isAside` is false again. */
  stepAside(): void {
    this.follower.yieldOutput();
    this.isAside = true;
  }
}
