import type { LoadedTrack, OutputPrecision, SoloOutput } from '../timeline/output';

interface AudioPlayer {
  readonly element: HTMLAudioElement;
  track: LoadedTrack | undefined;
  /** A seek asked for before the element knew its track. */
  pendingSeekMs: number | undefined;
}

const haveFutureData = 3;

/** Two media elements: one plays, the other already holds the next track. */
export class AudioPlayers implements SoloOutput {
  readonly precision: OutputPrecision = {
    alignedMs: 6,
    untouchedMs: 0.2,
    samples: 24,
    undoneInMs: 3_000,
    firmFromMs: 10,
  };
  private current: AudioPlayer;
  private spare: AudioPlayer;
  private level = 1;
  private silent = true;
  private fade = 0;
  private unlocked = false;

  /** Audible rates keep their pitch when asked to; the tiny rates of steering only work without that. */
  constructor(keepPitch: 'keepPitch' | 'steered' = 'steered') {
    this.current = newPlayer(keepPitch === 'keepPitch');
    this.spare = newPlayer(keepPitch === 'keepPitch');
  }

  get positionMs(): number {
    return this.current.pendingSeekMs ?? this.current.element.currentTime * 1_000;
  }

  get playing(): boolean {
    return !this.current.element.paused && !this.current.element.ended;
  }

  get ready(): boolean {
    return this.current.track !== undefined && this.current.element.readyState >= haveFutureData;
  }

  get seeking(): boolean {
    return this.current.pendingSeekMs !== undefined || this.current.element.seeking;
  }

  get failed(): boolean {
    return this.current.element.error !== null;
  }

  get durationMs(): number | undefined {
    const { duration } = this.current.element;
    return Number.isFinite(duration) ? duration * 1_000 : undefined;
  }

  get ended(): boolean {
    return this.current.element.ended;
  }

  get volume(): number {
    return this.level;
  }

  set volume(level: number) {
    this.level = Math.min(1, Math.max(0, level));
    if (!this.silent) this.setLevel(this.level);
  }

  load(track: LoadedTrack): boolean {
    if (this.current.track?.url === track.url && this.current.element.error === null) return false;
    if (this.spare.track?.url === track.url && this.spare.element.error === null) {
      this.current.element.pause();
      [this.current, this.spare] = [this.spare, this.current];
      return false;
    }
    open(this.current, track);
    return false;
  }

  preload(track: LoadedTrack | undefined): void {
    if (track === undefined || track.url === this.current.track?.url || track.url === this.spare.track?.url) return;
    open(this.spare, track);
  }

  /** Two elements cannot be joined to the sample; the follower starts the second one. */
  chain(): void {}

  unchain(): void {}

  place(): boolean {
    return false;
  }

  shift(): boolean {
    return false;
  }

  seek(positionMs: number): void {
    const player = this.current;
    if (player.element.readyState === 0) player.pendingSeekMs = positionMs;
    else player.element.currentTime = positionMs / 1_000;
  }

  async play(): Promise<boolean> {
    try {
      await this.current.element.play();
      await this.unlockSpare();
      return true;
    } catch (error) {
      // An AbortError means a later pause or load overtook this play: not a refusal.
      return !(error instanceof DOMException && error.name === 'NotAllowedError');
    }
  }

  pause(): void {
    this.current.element.pause();
  }

  setRate(rate: number): void {
    const { element } = this.current;
    if (rate > 0 && element.playbackRate !== rate) element.playbackRate = rate;
  }

  setSilent(silent: boolean, fadeMs: number): void {
    this.silent = silent;
    const from = this.current.element.volume;
    const startedAt = performance.now();
    window.clearTimeout(this.fade);
    const step = () => {
      const done = fadeMs <= 0 ? 1 : Math.min(1, (performance.now() - startedAt) / fadeMs);
      // The volume may change meanwhile.
      const to = silent ? 0 : this.level;
      this.setLevel(from + (to - from) * done);
      if (done < 1) this.fade = window.setTimeout(step, 4);
    };
    step();
  }

  private setLevel(level: number): void {
    const { element } = this.current;
    element.volume = level;
    // iOS does not let pages set a volume, but it lets them mute.
    element.muted = level === 0 && element.volume !== 0;
  }

  /** Some browsers let only those elements speak that were started within a gesture, so the spare one is started for an instant too. */
  private async unlockSpare(): Promise<void> {
    if (this.unlocked) return;
    this.unlocked = true;
    const { element, track } = this.spare;
    if (track === undefined) return;
    element.volume = 0;
    await element.play().catch(() => {});
    element.pause();
  }
}

function newPlayer(keepPitch: boolean): AudioPlayer {
  const element = new Audio();
  element.preload = 'auto';
  element.volume = 0;
  // With pitch preservation on, browsers ignore the tiny rates that steering uses.
  element.preservesPitch = keepPitch;
  const player: AudioPlayer = { element, track: undefined, pendingSeekMs: undefined };
  element.addEventListener('loadedmetadata', () => {
    if (player.pendingSeekMs === undefined) return;
    element.currentTime = player.pendingSeekMs / 1_000;
    player.pendingSeekMs = undefined;
  });
  return player;
}

function open(player: AudioPlayer, track: LoadedTrack): void {
  player.track = track;
  player.pendingSeekMs = undefined;
  player.element.src = track.url;
  player.element.load();
}
