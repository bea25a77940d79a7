import type { LoadedTrack, Output, OutputPrecision } from '../timeline/output';
import { ChunkScheduler, nearestS } from './chunkScheduler';
import type { ChunkStore } from './chunkStore';
import { latencyOf } from './deviceMemory';
import { PlayoutClock } from './playoutClock';
import { SilentElement } from './silentElement';

const startsInS = 0.06;
const pumpMs = 250;
/** The playout clock is sampled about this often, never in step with the callbacks it reads. */
const sampleEveryMs = 17;
const goldenRatio = 0.618_034;
/** The clock is sampled for so long after the last command, so that the next start is exact from its first sample. */
const warmMs = 30_000;
const openingMs = 3_000;
/** A browser that wants a gesture first does not refuse: it only does not start. */
const gestureMs = 500;
const startMs = 4_000;
const readyAheadMs = 300;
const leastBend = 1e-5;
const seekBeyondMs = 2_000;

/** Chunks scheduled sample by sample on an audio context's clock; the position is read where the sound leaves the loudspeaker. */
export class ChunkedOutput implements Output {
  /** The position comes from the playout clock: good to fractions of a millisecond. */
  readonly precision: OutputPrecision = {
    alignedMs: 1,
    untouchedMs: 0.08,
    samples: 12,
    undoneInMs: 1_500,
    firmFromMs: 1,
    placedAheadMs: 500,
  };
  private readonly master: GainNode;
  private readonly clock: PlayoutClock;
  private store: ChunkStore | undefined;
  private current: ChunkScheduler | undefined;
  private following: ChunkScheduler | undefined;
  private baseMs = 0;
  private rate = 1;
  private level = 1;
  private silent = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private starting = 0;
  private sampling: ReturnType<typeof setTimeout> | undefined;
  private samples = 0;
  private warmUntilMs = 0;
  private readonly silentElement = new SilentElement();

  constructor(
    private readonly context: AudioContext,
    private readonly open: (trackId: string) => ChunkStore | undefined,
    private readonly gesture: () => boolean = () => navigator.userActivation?.hasBeenActive ?? false,
  ) {
    this.master = new GainNode(context, { gain: 0 });
    this.master.connect(context.destination);
    this.clock = new PlayoutClock(context, latencyOf(context));
  }

  get positionMs(): number {
    const { current } = this;
    if (current === undefined) return this.baseMs;
    const heard = this.clock.ready ? this.clock.heard : this.context.currentTime;
    return Math.max(heard < current.line.at ? current.line.positionMs - 1_000 : 0, current.positionAt(heard));
  }

  get playing(): boolean {
    return this.current !== undefined && this.context.state === 'running';
  }

  get ready(): boolean {
    const { store } = this;
    if (store === undefined || store.failed) return false;
    const { current } = this;
    const fromMs = current
      ? Math.max(current.line.positionMs, current.positionAt(this.context.currentTime))
      : this.baseMs;
    if (!current) store.want(fromMs);
    const has = (ms: number) => store.get(store.indexAt(ms)) !== undefined;
    return has(fromMs) && has(fromMs + readyAheadMs);
  }

  readonly seeking = false;

  get failed(): boolean {
    return this.store?.failed ?? false;
  }

  get durationMs(): number | undefined {
    return this.store?.chunks.durationMs;
  }

  get ended(): boolean {
    return this.store !== undefined && this.positionMs >= this.store.chunks.durationMs;
  }

  get latencyMs(): number | undefined {
    return this.clock.ready ? this.clock.latencyMs : undefined;
  }

  get volume(): number {
    return this.level;
  }

  set volume(level: number) {
    this.level = Math.max(0, level);
    if (!this.silent) this.ramp(this.level, 20);
  }

  load(track: LoadedTrack): boolean {
    if (this.following?.store.trackId === track.trackId) {
      this.current = this.following;
      this.store = this.current.store;
      this.following = undefined;
      return true;
    }
    if (this.store?.trackId === track.trackId && !this.store.failed) return false;
    this.pause();
    this.store = this.open(track.trackId);
    this.baseMs = 0;
    this.warmUp();
    return false;
  }

  preload(track: LoadedTrack | undefined): void {
    if (track) this.open(track.trackId)?.want(0, 2);
  }

  chain(track: LoadedTrack, endMs: number): void {
    const { current } = this;
    if (current === undefined || this.following?.store.trackId === track.trackId) return;
    const store = this.open(track.trackId);
    if (store === undefined || store.get(0) === undefined) return;
    const at = current.timeOf(endMs);
    if (at < this.context.currentTime + startsInS) return;
    current.until = at;
    this.following = new ChunkScheduler(this.context, store, this.master, {
      at,
      positionMs: 0,
      rate: current.line.rate,
    });
    current.bend(current.line.rate);
    this.following.pump();
  }

  unchain(): void {
    this.following?.stop();
    this.following = undefined;
    if (this.current === undefined || this.current.until === Number.POSITIVE_INFINITY) return;
    this.current.until = Number.POSITIVE_INFINITY;
    this.current.bend(this.current.line.rate);
  }

  seek(positionMs: number): void {
    const resumes = this.current !== undefined;
    this.unchain();
    this.current?.stop();
    this.current = undefined;
    this.baseMs = positionMs;
    this.store?.want(positionMs);
    this.warmUp();
    if (resumes) this.startHere();
  }

  async play(): Promise<boolean> {
    const round = ++this.starting;
    if (!(await this.resumeContext())) return false;
    this.silentElement.show();
    await this.clockIsReady();
    if (round === this.starting && this.current === undefined) this.startHere();
    return true;
  }

  pause(): void {
    this.starting += 1;
    this.baseMs = this.positionMs;
    this.silentElement.rest();
    clearTimeout(this.timer);
    this.unchain();
    const { current } = this;
    this.current = undefined;
    // Leaves time for a fade to silence that was just begun.
    current?.stop(this.context.currentTime + 0.015);
  }

  place(positionMs: number, inMs: number): boolean {
    const { current } = this;
    if (current === undefined || !this.clock.ready) return false;
    this.unchain();
    current.stop();
    this.current = new ChunkScheduler(this.context, current.store, this.master, {
      at: this.clock.heard + inMs / 1_000,
      positionMs,
      rate: this.rate,
    });
    this.pump();
    return true;
  }

  shift(byMs: number): boolean {
    const { current } = this;
    if (current === undefined || !this.clock.ready) return false;
    this.unchain();
    const at = this.context.currentTime + nearestS;
    const positionMs = current.positionAt(at) + byMs;
    // Before the beginning of the track: the caller seeks instead.
    if (positionMs < 0 && byMs < -seekBeyondMs) return false;
    const line =
      positionMs >= 0
        ? { at, positionMs, rate: this.rate }
        : { at: at - positionMs / 1_000 / this.rate, positionMs: 0, rate: this.rate };
    current.leave(at);
    this.current = new ChunkScheduler(this.context, current.store, this.master, line);
    this.pump();
    return true;
  }

  setRate(rate: number): void {
    if (rate <= 0 || Math.abs(rate - this.rate) < leastBend) return;
    this.rate = rate;
    const { current, following } = this;
    if (current === undefined) return;
    // The next track is rendered already and cannot be scheduled anew.
    if (following !== undefined && current.until <= this.context.currentTime + nearestS) return following.bend(rate);
    const boundaryMs = current.positionAt(current.until);
    current.bend(rate);
    if (following === undefined) return;
    const at = current.timeOf(boundaryMs);
    following.stop();
    current.until = at;
    this.following = new ChunkScheduler(this.context, following.store, this.master, { at, positionMs: 0, rate });
    this.following.pump();
  }

  setSilent(silent: boolean, fadeMs: number): void {
    this.silent = silent;
    this.ramp(silent ? 0 : this.level, fadeMs);
  }

  private startHere(): void {
    const { store } = this;
    if (store === undefined) return;
    const line = { at: this.context.currentTime + startsInS, positionMs: this.baseMs, rate: this.rate };
    this.current = new ChunkScheduler(this.context, store, this.master, line);
    this.pump();
  }

  private pump(): void {
    clearTimeout(this.timer);
    this.warmUp();
    this.current?.pump();
    this.following?.pump();
    this.timer = setTimeout(() => this.pump(), pumpMs);
  }

  /** Lets the context run and the playout clock be read, from now on and for a while. */
  warmUp(): void {
    const isCold = this.warmUntilMs < performance.now();
    this.warmUntilMs = performance.now() + warmMs;
    if (this.context.state === 'suspended' && this.gesture()) void this.context.resume().catch(() => {});
    if (isCold) this.sampleClock();
  }

  private sampleClock(): void {
    clearTimeout(this.sampling);
    if (this.context.state === 'running') this.clock.sample();
    if (performance.now() > this.warmUntilMs) return;
    this.samples += 1;
    this.sampling = setTimeout(
      () => this.sampleClock(),
      sampleEveryMs * (0.6 + 0.8 * ((this.samples * goldenRatio) % 1)),
    );
  }

  private async resumeContext(): Promise<boolean> {
    const { context } = this;
    if (context.state === 'running') return true;
    this.clock.forget();
    const resumed = context.resume().then(
      () => true,
      () => false,
    );
    const patience = this.gesture() ? startMs : gestureMs;
    const gaveUp = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience));
    return Promise.race([resumed, gaveUp]);
  }

  /** A device that was just opened plays nothing for some tenths of a second: its clock cannot be read until then. */
  private async clockIsReady(): Promise<void> {
    this.warmUp();
    for (const end = performance.now() + openingMs; !this.clock.ready && performance.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, sampleEveryMs));
  }

  private ramp(level: number, fadeMs: number): void {
    const { gain } = this.master;
    const now = this.context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(level, now + fadeMs / 1_000);
  }
}
