import type { Timeline } from '../wire/contract';
import type { LoadedTrack, Output } from './output';
import { Readings } from './readings';
import { alignFactor, Steering } from './steering';
import { endsAt, isPlaying, positionAt, silence } from './timeline';

/** `aligning` is silent; `following` is audible; `refused` waits for a gesture; `early` waits for a timeline that starts in a moment. */
export type FollowerState =
  | 'idle'
  | 'loading'
  | 'early'
  | 'aligning'
  | 'following'
  | 'paused'
  | 'refused'
  | 'ended'
  | 'failed';

/** One sample may be lucky. */
const alignedTwice = 2;
const goodEnoughMs = 25;
const alignPatienceMs = 1_600;
const seekAgainMs = 150;
const settlesInMs = 120;
const prepareMs = 250;
/** A start this late is still aligned sooner than a seek is carried out. */
const lateStartMs = 15;
/** Further off than this nothing is decoded to cut to. */
const cutWithinMs = 500;
const fadeInMs = 20;
const fadeOutMs = 10;
const retryMs = 3_000;
const chainsMs = 6_000;
/** The output is read more often than steered: many readings make one good one, and every change of a rate costs. */
const steerMs = 95;
/** Less than this is no difference: files are cut to frames. */
const shortMs = 50;

/** Makes an output play what a timeline says: silent until aligned, then held there by rates too small to hear. */
export class TimelineFollower {
  state: FollowerState = 'idle';
  /** Milliseconds added to the wanted position: what this device's loudspeakers are late. */
  deviceOffsetMs = 0;
  corrections = 0;
  private timeline: Timeline = silence;
  private track: LoadedTrack | undefined;
  private readonly steering = new Steering();
  private readonly errors = new Readings();
  /** How late this device starts, learnt from its starts. */
  startLatencyMs = 40;
  private startAt = Number.NaN;
  private aligningSince = 0;
  private startPending = false;
  private retryAt = 0;
  private learnt = true;
  private alignedSamples = 0;
  private steeredAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly output: Output,
    private readonly hubNow: () => number,
    private readonly changed: (state: FollowerState) => void = () => {},
  ) {}

  /** Measured minus wanted, milliseconds; 0 while nothing is heard. */
  get errorMs(): number {
    return this.state === 'following' ? this.errors.value : 0;
  }

  /** The rate that is steered with. */
  rate = 1;

  /** The audible position, which lyrics and bubbles read. */
  get positionMs(): number {
    return positionAt(this.timeline, this.hubNow()) + this.errorMs;
  }

  follow(timeline: Timeline, track: LoadedTrack | undefined): void {
    const sameTrack = track !== undefined && track.trackId === this.track?.trackId;
    const moved = !sameTrack || !isSameLine(timeline, this.timeline);
    const flowsOn =
      track !== undefined && !sameTrack && this.state === 'following' && isContinued(this.timeline, timeline);
    this.timeline = timeline;
    this.track = track;
    if (track === undefined) {
      this.silence();
      this.become('idle');
      return;
    }
    if (moved && !flowsOn) this.output.unchain();
    const sounds = !sameTrack && this.output.load(track) && flowsOn;
    if (sounds) this.errors.clear();
    else if (moved) this.begin();
    this.tick();
  }

  /** The track is loaded and waits at the beginning of its timeline. */
  get prepared(): boolean {
    return this.state === 'early' && this.output.ready && !this.output.seeking;
  }

  /** Call within a gesture after `refused`: the browser lets the output speak from then on. */
  async unlock(): Promise<void> {
    const allowed = await this.output.play();
    if (allowed && this.state === 'refused') this.begin();
    this.tick();
  }

  /** The track after this one: an output that can plays it without a gap. */
  expect(track: LoadedTrack): void {
    if (this.state !== 'following' || this.timeline.durationMs <= 0) return;
    this.output.preload(track);
    if (endsAt(this.timeline) - this.hubNow() < chainsMs) this.output.chain(track, this.timeline.durationMs);
  }

  /** Leaves the output to a preview or another page for a while; the next `tick` takes it back and aligns anew. */
  yieldOutput(): void {
    if (this.track !== undefined) this.begin();
  }

  /** Loads the track again: the output would now choose another engine. */
  reload(): void {
    if (this.track === undefined) return;
    this.output.unchain();
    this.output.load(this.track);
    this.begin();
  }

  /** How soon `tick` wants to be called again: often while a start must be hit exactly, rarely while the sound only needs holding. */
  get tickMs(): number {
    return this.state === 'loading' || this.state === 'early' || this.state === 'aligning' ? 20 : 40;
  }

  /** Reads the output once and steers it. */
  tick(): void {
    if (this.track === undefined) return;
    const now = this.hubNow();
    if (this.output.failed) return this.fail(now);
    if (!isPlaying(this.timeline)) return this.rest();
    if (this.isOver(now)) return this.end();
    if (this.state === 'refused') return;
    if (this.state === 'aligning') return this.align(now);
    if (this.state === 'following') return this.hold(now);
    this.prepare(now);
  }

  /** The timeline has ended, or the file did, which may be shorter than the catalog says: there is nothing to seek to behind its end. */
  private isOver(now: number): boolean {
    const position = positionAt(this.timeline, now);
    const { durationMs } = this.timeline;
    const real = this.output.durationMs;
    return (
      (durationMs > 0 && position >= durationMs) ||
      (real !== undefined && real < durationMs - shortMs && position >= real)
    );
  }

  private begin(): void {
    this.silence();
    this.startAt = Number.NaN;
    this.become('loading');
  }

  /** Seeks to where the timeline will be in a moment and waits there for it. */
  private prepare(now: number): void {
    if (this.startPending) return;
    if (Number.isNaN(this.startAt)) this.chooseStart(now);
    this.become(this.timeline.anchoredAtMs > now ? 'early' : 'loading');
    if (!this.output.ready || this.output.seeking) {
      if (now > this.startAt) this.startAt = Number.NaN;
      return;
    }
    if (now >= this.startAt - (this.output.precision.placedAheadMs ?? this.startLatencyMs)) void this.start();
  }

  private chooseStart(now: number): void {
    this.output.setRate(this.timeline.rate);
    if (this.restsAtStart(now)) {
      this.startAt = this.timeline.anchoredAtMs;
      return;
    }
    this.startAt = Math.max(now + prepareMs, this.timeline.anchoredAtMs);
    this.output.pause();
    this.output.seek(this.wantedAt(this.startAt));
  }

  /** Resuming where it was paused: there is nothing to seek, so the start need not wait for a seek either. */
  private restsAtStart(now: number): boolean {
    const { output, timeline } = this;
    if (output.playing || output.seeking || !output.ready) return false;
    if (timeline.anchoredAtMs - this.startLatencyMs < now - lateStartMs) return false;
    return Math.abs(output.positionMs - this.wantedAt(timeline.anchoredAtMs)) < output.precision.alignedMs;
  }

  private async start(): Promise<void> {
    this.startPending = true;
    const allowed = await this.output.play();
    this.startPending = false;
    // The timeline changed while the element was starting: it prepares anew.
    if (Number.isNaN(this.startAt) || (this.state !== 'loading' && this.state !== 'early')) return;
    if (!allowed) {
      this.output.pause();
      this.become('refused');
      return;
    }
    if (this.place()) return;
    this.errors.clear();
    this.aligningSince = this.hubNow();
    this.learnt = false;
    this.alignedSamples = 0;
    this.become('aligning');
  }

  /** Where starts can be placed exactly nothing has to be aligned: the first sample heard is the right one. */
  private place(): boolean {
    const now = this.hubNow();
    const from = Math.max(now, this.timeline.anchoredAtMs);
    this.output.setRate(this.timeline.rate * this.steering.resting);
    if (!this.output.place(this.wantedAt(from), from - now)) return false;
    this.errors.clear();
    this.steering.forget();
    this.output.setSilent(false, fadeInMs);
    this.become('following');
    return true;
  }

  private align(now: number): void {
    if (!this.output.ready) return this.begin();
    if (this.output.seeking) return;
    const error = this.measure(now);
    const tried = now - this.aligningSince;
    // The first samples after a start still include the start itself.
    if (tried < settlesInMs) return;
    this.learn(error);
    const { alignedMs } = this.output.precision;
    if (Math.abs(error) > alignedMs && Math.abs(error) < seekAgainMs && this.output.shift(-error)) return;
    if (Math.abs(error) > seekAgainMs && tried < alignPatienceMs) return this.begin();
    this.alignedSamples = Math.abs(error) < alignedMs ? this.alignedSamples + 1 : 0;
    if (this.alignedSamples >= alignedTwice || (tried > alignPatienceMs && Math.abs(error) < goodEnoughMs)) {
      this.errors.clear();
      this.errors.add(error, 1);
      this.steering.forget();
      this.output.setRate(this.timeline.rate * this.steering.resting);
      this.output.setSilent(false, fadeInMs);
      this.become('following');
      return;
    }
    if (tried > 2 * alignPatienceMs) return this.begin();
    this.output.setRate(this.timeline.rate * alignFactor(error));
  }

  /** How late this device starts is learnt from each start, so that the next one needs less correction. */
  private learn(error: number): void {
    if (this.learnt) return;
    this.learnt = true;
    this.startLatencyMs = Math.min(400, Math.max(0, this.startLatencyMs - error * 0.5));
  }

  private hold(now: number): void {
    if (!this.output.ready) return this.begin();
    if (this.output.seeking) return;
    if (!this.output.playing) return this.begin();
    // Placed ahead: what will sound is right, and what is read meanwhile means nothing.
    if (now < this.timeline.anchoredAtMs) return;
    const { precision } = this.output;
    this.errors.add(this.measure(now), precision.samples);
    if (now - this.steeredAt < steerMs) return;
    this.steeredAt = now;
    const correction = this.steering.correct(this.errors.value, now, precision);
    if (correction.kind === 'rate') {
      this.rate = correction.factor;
      this.output.setRate(this.timeline.rate * this.rate);
      return;
    }
    this.corrections += 1;
    const within = Math.abs(this.errors.value) < cutWithinMs;
    if (within && this.output.shift(-this.errors.value)) this.errors.clear();
    else this.begin();
  }

  private rest(): void {
    if (this.state === 'paused' && !this.output.playing) return;
    this.silence();
    this.output.seek(this.wantedAt(this.hubNow()));
    this.become('paused');
  }

  private end(): void {
    if (this.state === 'ended') return;
    this.silence();
    this.become('ended');
  }

  /** A track that broke off is tried again: usually it was the network and not the track. */
  private fail(now: number): void {
    if (this.state !== 'failed') {
      this.silence();
      this.become('failed');
      this.retryAt = now + retryMs;
      return;
    }
    if (now < this.retryAt || this.track === undefined) return;
    this.output.load(this.track);
    this.begin();
  }

  private silence(): void {
    this.output.setSilent(true, fadeOutMs);
    this.output.pause();
  }

  private wantedAt(now: number): number {
    return positionAt(this.timeline, now) + this.deviceOffsetMs;
  }

  private measure(now: number): number {
    return this.output.positionMs - this.wantedAt(now);
  }

  private become(state: FollowerState): void {
    if (this.state === state) return;
    this.state = state;
    this.changed(state);
  }
}

/** True when one timeline begins where the other ends. */
const isContinued = (before: Timeline, after: Timeline) =>
  after.rate === before.rate && after.anchorMs === 0 && Math.abs(after.anchoredAtMs - endsAt(before)) < 5;

/** True when both give the same position at every moment: a repeated or re-anchored message must not be audible. */
function isSameLine(a: Timeline, b: Timeline): boolean {
  if (a.itemId !== b.itemId || a.rate !== b.rate) return false;
  const at = Math.max(a.anchoredAtMs, b.anchoredAtMs);
  return Math.abs(positionAt(a, at) - positionAt(b, at)) < 5;
}
