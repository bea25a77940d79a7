import type { Grain, LoadedTrack, Output } from '../timeline/output';
import type { ChunkStore } from './chunkStore';
import { latencyOf } from './deviceMemory';
import { PlayoutClock } from './playoutClock';
import { Presence } from './presence';
import { nearestS, Voice } from './voice';

const startsInS = 0.06;
const pumpMs = 250;
/** The playout clock is looked at about this often, never in step with the callbacks it reads. */
const lookMs = 17;
const goldenRatio = 0.618_034;
/** It is kept warm for so long after anything happened, so that the next start is exact from its first sample. */
const warmMs = 30_000;
const openingMs = 3_000;
/** A browser that wants a gesture first never says so: it only does not start. */
const gestureMs = 500;
const startMs = 4_000;
const readyAheadMs = 300;
const leastBend = 1e-5;
const seekBeyondMs = 2_000;

/** Sound placed sample by sample: chunks on an audio context's clock, read where they leave the loudspeaker. */
export class ChunkedOutput implements Output {
  /** What is read here is the playout clock's line: good to fractions of a millisecond. */
  readonly grain: Grain = {
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
  private voice: Voice | undefined;
  private following: Voice | undefined;
  private baseMs = 0;
  private rate = 1;
  private level = 1;
  private silent = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private starting = 0;
  private looking: ReturnType<typeof setTimeout> | undefined;
  private looks = 0;
  private warmUntilMs = 0;
  private readonly presence = new Presence();

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
    const { voice } = this;
    if (voice === undefined) return this.baseMs;
    const heard = this.clock.ready ? this.clock.heard : this.context.currentTime;
    return Math.max(heard < voice.line.at ? voice.line.positionMs - 1_000 : 0, voice.positionAt(heard));
  }

  get playing(): boolean {
    return this.voice !== undefined && this.context.state === 'running';
  }

  get ready(): boolean {
    const { store } = this;
    if (store === undefined || store.failed) return false;
    const { voice } = this;
    const fromMs = voice ? Math.max(voice.line.positionMs, voice.positionAt(this.context.currentTime)) : this.baseMs;
    if (!voice) store.want(fromMs);
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
      this.voice = this.following;
      this.store = this.voice.store;
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
    const { voice } = this;
    if (voice === undefined || this.following?.store.trackId === track.trackId) return;
    const store = this.open(track.trackId);
    if (store === undefined || store.get(0) === undefined) return;
    const at = voice.timeOf(endMs);
    if (at < this.context.currentTime + startsInS) return;
    voice.until = at;
    this.following = new Voice(this.context, store, this.master, { at, positionMs: 0, rate: voice.line.rate });
    voice.bend(voice.line.rate);
    this.following.pump();
  }

  unchain(): void {
    this.following?.stop();
    this.following = undefined;
    if (this.voice === undefined || this.voice.until === Number.POSITIVE_INFINITY) return;
    this.voice.until = Number.POSITIVE_INFINITY;
    this.voice.bend(this.voice.line.rate);
  }

  seek(positionMs: number): void {
    const resumes = this.voice !== undefined;
    this.unchain();
    this.voice?.stop();
    this.voice = undefined;
    this.baseMs = positionMs;
    this.store?.want(positionMs);
    this.warmUp();
    if (resumes) this.speak();
  }

  async play(): Promise<boolean> {
    const round = ++this.starting;
    if (!(await this.wake())) return false;
    this.presence.show();
    await this.tellsTime();
    if (round === this.starting && this.voice === undefined) this.speak();
    return true;
  }

  pause(): void {
    this.starting += 1;
    this.baseMs = this.positionMs;
    this.presence.rest();
    clearTimeout(this.timer);
    this.unchain();
    const { voice } = this;
    this.voice = undefined;
    // A fade to silence that was just asked for is heard out.
    voice?.stop(this.context.currentTime + 0.015);
  }

  place(positionMs: number, inMs: number): boolean {
    const { voice } = this;
    if (voice === undefined || !this.clock.ready) return false;
    this.unchain();
    voice.stop();
    this.voice = new Voice(this.context, voice.store, this.master, {
      at: this.clock.heard + inMs / 1_000,
      positionMs,
      rate: this.rate,
    });
    this.pulse();
    return true;
  }

  shift(byMs: number): boolean {
    const { voice } = this;
    if (voice === undefined || !this.clock.ready) return false;
    this.unchain();
    const at = this.context.currentTime + nearestS;
    const positionMs = voice.positionAt(at) + byMs;
    // A start in the middle of nowhere: whoever asks seeks instead.
    if (positionMs < 0 && byMs < -seekBeyondMs) return false;
    const line =
      positionMs >= 0
        ? { at, positionMs, rate: this.rate }
        : { at: at - positionMs / 1_000 / this.rate, positionMs: 0, rate: this.rate };
    voice.leave(at);
    this.voice = new Voice(this.context, voice.store, this.master, line);
    this.pulse();
    return true;
  }

  setRate(rate: number): void {
    if (rate <= 0 || Math.abs(rate - this.rate) < leastBend) return;
    this.rate = rate;
    const { voice, following } = this;
    if (voice === undefined) return;
    // The next track is on its way to the loudspeaker already: what is rendered cannot be placed anew.
    if (following !== undefined && voice.until <= this.context.currentTime + nearestS) return following.bend(rate);
    const boundaryMs = voice.positionAt(voice.until);
    voice.bend(rate);
    if (following === undefined) return;
    const at = voice.timeOf(boundaryMs);
    following.stop();
    voice.until = at;
    this.following = new Voice(this.context, following.store, this.master, { at, positionMs: 0, rate });
    this.following.pump();
  }

  setSilent(silent: boolean, fadeMs: number): void {
    this.silent = silent;
    this.ramp(silent ? 0 : this.level, fadeMs);
  }

  private speak(): void {
    const { store } = this;
    if (store === undefined) return;
    const line = { at: this.context.currentTime + startsInS, positionMs: this.baseMs, rate: this.rate };
    this.voice = new Voice(this.context, store, this.master, line);
    this.pulse();
  }

  private pulse(): void {
    clearTimeout(this.timer);
    this.warmUp();
    this.voice?.pump();
    this.following?.pump();
    this.timer = setTimeout(() => this.pulse(), pumpMs);
  }

  /** Lets the context run and the playout clock be read, from now on and for a while. */
  warmUp(): void {
    const isCold = this.warmUntilMs < performance.now();
    this.warmUntilMs = performance.now() + warmMs;
    if (this.context.state === 'suspended' && this.gesture()) void this.context.resume().catch(() => {});
    if (isCold) this.look();
  }

  private look(): void {
    clearTimeout(this.looking);
    if (this.context.state === 'running') this.clock.look();
    if (performance.now() > this.warmUntilMs) return;
    this.looks += 1;
    this.looking = setTimeout(() => this.look(), lookMs * (0.6 + 0.8 * ((this.looks * goldenRatio) % 1)));
  }

  private async wake(): Promise<boolean> {
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

  /** A device that was just opened plays nothing for some tenths of a second and does not say so: it tells no time meanwhile. */
  private async tellsTime(): Promise<void> {
    this.warmUp();
    for (const end = performance.now() + openingMs; !this.clock.ready && performance.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, lookMs));
  }

  private ramp(level: number, fadeMs: number): void {
    const { gain } = this.master;
    const now = this.context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(level, now + fadeMs / 1_000);
  }
}
