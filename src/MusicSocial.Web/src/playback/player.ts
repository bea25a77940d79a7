import { type Accessor, batch, createEffect, createMemo, createSignal, on } from 'solid-js';
import { AudioPlayers } from '../audio/audioPlayers';
import { type ChunkApi, createOutputSelector, preferEngine } from '../audio/createOutput';
import { gainOf } from '../audio/loudness';
import { bindMediaKeys, showMedia } from '../audio/mediaSession';
import type { Engine, Preference } from '../audio/outputSelector';
import { type Quality, Renditions } from '../audio/renditions';
import type { HubClock } from '../clock/hubClock';
import { evensLoudness } from '../shell/preferences';
import { isPlaying, silence } from '../timeline/timeline';
import { type FollowerState, TimelineFollower } from '../timeline/timelineFollower';
import type { Track, User } from '../wire/contract';
import { Preview } from './preview';
import { type Shared, SharedTimeline } from './sharedTimeline';
import { SoloPlayer } from './soloPlayer';

/** Where the sound comes from: nowhere, one's own choice, a room, or a friend one listens along with. */
export type Source =
  | { kind: 'none' }
  | { kind: 'solo' }
  | { kind: 'room'; roomId: string; code: string; name: string }
  | { kind: 'along'; user: User };

/** What the buttons do in a room depends on the room; the room session says so. */
export interface TransportControls {
  play(): void;
  pause(): void;
  seek(positionMs: number): void;
  next(): void;
  previous(): void;
}

export interface Player {
  source: Accessor<Source>;
  track: Accessor<Track | undefined>;
  playing: Accessor<boolean>;
  state: Accessor<FollowerState>;
  /** Changes whenever the position jumped: play, pause, seek, another track. */
  turn: Accessor<number>;
  /** One hears another place of the song for a moment, while the shared line goes on. */
  previewing: Accessor<boolean>;
  volume: Accessor<number>;
  deviceOffsetMs: Accessor<number>;
  /** The audible position now; read it in animation frames, not reactively. */
  positionMs(): number;
  /** What the output itself says, for measurements. */
  audibleMs(): number;
  /** Measured minus wanted, milliseconds; 0 when alone. */
  errorMs(): number;
  corrections(): number;
  /** The track is at hand, at the beginning of a line that starts in a moment. */
  prepared(): boolean;
  /** Which way the sound is made. */
  engine(): Engine;
  /** The rate that is steered with, where 1 is as recorded. */
  rate(): number;
  preferredEngine(): Preference;
  /** Insists on an engine on this device, from now on. */
  preferEngine(engine: Preference): void;
  /** Which file media elements play. */
  quality(): Quality;
  /** Wants another file on this device, from the next song on. */
  preferQuality(quality: Quality): void;
  /** Whether what is heard now was coded as Opus by the hub. */
  hearsOpus(): boolean;
  /** What was learnt about how late this device starts. */
  startLatencyMs(): number;
  /** What was learnt about how long sound takes to this device's loudspeaker, milliseconds; undefined where nobody says. */
  outputLatencyMs(): number | undefined;
  setVolume(level: number): void;
  setDeviceOffset(ms: number): void;
  playSolo(track: Track, positionMs?: number): void;
  /** Call within a gesture after which a shared song will be heard: the sound device opens while the rest is on its way. */
  warmUp(): void;
  follow(source: Source, shared: Shared, controls: TransportControls | undefined): void;
  stop(): void;
  toggle(): void;
  seek(positionMs: number): void;
  /** Listens to another place of a shared song for a few seconds, then comes back in sync. */
  preview(positionMs: number): void;
  endPreview(): void;
  /** Is silent here until the returned function is called: somebody works on the song and hears it elsewhere. A room plays on. */
  stepAside(): () => void;
  aside: Accessor<boolean>;
  next(): void;
  previous(): void;
  unlock(): void;
  controls: Accessor<TransportControls | undefined>;
}

const previewTickMs = 50;
const goldenRatio = 0.618_034;
const storedNumber = (key: string, fallback: number) => {
  const text = localStorage.getItem(key);
  return text === null || Number.isNaN(Number(text)) ? fallback : Number(text);
};

export function createPlayer(clock: HubClock, chunkApi: ChunkApi): Player {
  const elements = new AudioPlayers();
  const output = createOutputSelector(elements, chunkApi);
  const renditions = new Renditions((id) => chunkApi.chunks(id));
  const [source, setSource] = createSignal<Source>({ kind: 'none' });
  const [track, setTrack] = createSignal<Track | undefined>();
  const [playing, setPlaying] = createSignal(false);
  const [state, setState] = createSignal<FollowerState>('idle');
  const [turn, setTurn] = createSignal(0);
  const [controls, setControls] = createSignal<TransportControls | undefined>();
  const [previewing, setPreviewing] = createSignal(false);
  const [aside, setAside] = createSignal(false);
  const [volume, setVolume] = createSignal(storedNumber('musicsocial.volume', 1));
  const [deviceOffsetMs, setDeviceOffset] = createSignal(storedNumber('musicsocial.deviceOffset', 0));
  let line = new SharedTimeline();
  let timer = 0;
  let pulses = 0;

  const follower = new TimelineFollower(output, () => clock.now(), setState);
  follower.deviceOffsetMs = deviceOffsetMs();
  output.volume = volume();
  const solo = new SoloPlayer(elements, () => turned(solo.playing));
  const preview = new Preview(
    output,
    () => clock.now(),
    (active) => {
      setPreviewing(active);
      turned(isPlaying(line.timeline));
    },
  );
  const isSolo = () => source().kind === 'solo';

  function turned(nowPlaying: boolean): void {
    batch(() => {
      setPlaying(nowPlaying);
      setState(isSolo() ? soloState() : follower.state);
      setTurn((count) => count + 1);
    });
  }

  function soloState(): FollowerState {
    if (elements.failed) return 'failed';
    if (solo.refused) return 'refused';
    if (solo.stalled) return 'loading';
    return solo.playing ? 'following' : 'paused';
  }

  function present(): void {
    if (!clock.firm) return;
    const crossed = line.advance(clock.now());
    const current = line.track;
    if (preview.trackId !== current?.id) preview.end();
    preview.tick();
    if (preview.active) return;
    if (current && follower.state === 'failed') renditions.forgo(current);
    if (!aside()) follower.follow(line.timeline, current && renditions.of(current));
    const ahead = line.next && renditions.ahead(line.next);
    if (ahead) follower.expect(ahead);
    if (crossed || track()?.id !== current?.id) {
      setTrack(current);
      turned(isPlaying(line.timeline));
    }
  }

  async function startSolo(chosen: Track, positionMs: number): Promise<void> {
    const file = renditions.of(chosen);
    // A browser that wants a gesture has one now, so what is known is played at once.
    if (file) return solo.start(file, positionMs);
    solo.stop();
    const answered = await renditions.settled(chosen);
    if (isSolo() && track()?.id === chosen.id) await solo.start(answered, positionMs);
  }

  function pulse(): void {
    if (source().kind === 'none') return;
    if (isSolo()) {
      const current = track();
      if (elements.failed && current && renditions.forgo(current)) void startSolo(current, solo.positionMs);
      if (state() !== soloState() || playing() !== solo.playing) turned(solo.playing);
    } else present();
    pulses += 1;
    // Never in step with the browser's own steps of the position.
    const followMs = follower.tickMs * (0.7 + 0.6 * ((pulses * goldenRatio) % 1));
    timer = window.setTimeout(pulse, isSolo() ? 200 : preview.active ? previewTickMs : followMs);
  }

  function restartPulse(): void {
    window.clearTimeout(timer);
    pulse();
  }

  const player: Player = {
    source,
    track,
    playing,
    state,
    turn,
    controls,
    previewing,
    aside,
    volume,
    deviceOffsetMs,
    positionMs() {
      if (isSolo()) return solo.positionMs;
      return preview.active ? output.positionMs - follower.deviceOffsetMs : follower.positionMs;
    },
    audibleMs: () => (isSolo() ? elements : output).positionMs,
    engine: () => (isSolo() ? 'element' : output.engine),
    rate: () => follower.rate,
    preferredEngine: () => output.preferred,
    preferEngine(engine) {
      preferEngine(output, engine);
      if (!isSolo()) follower.reload();
    },
    quality: () => renditions.quality,
    preferQuality: (quality) => renditions.prefer(quality),
    hearsOpus() {
      const current = track();
      return player.engine() === 'chunks' || (current !== undefined && renditions.isSmaller(current));
    },
    startLatencyMs: () => follower.startLatencyMs,
    outputLatencyMs: () => (isSolo() ? undefined : output.latencyMs),
    errorMs: () => (isSolo() ? 0 : follower.errorMs),
    corrections: () => follower.corrections,
    prepared: () => !isSolo() && follower.prepared,
    setVolume(level) {
      output.volume = setVolume(level);
      localStorage.setItem('musicsocial.volume', String(level));
    },
    setDeviceOffset(ms) {
      follower.deviceOffsetMs = setDeviceOffset(Math.max(-2_000, Math.min(2_000, ms)));
      localStorage.setItem('musicsocial.deviceOffset', String(follower.deviceOffsetMs));
    },
    playSolo(chosen, positionMs = 0) {
      preview.end();
      follower.follow(silence, undefined);
      batch(() => {
        setSource({ kind: 'solo' });
        setControls(undefined);
        setTrack(chosen);
      });
      renditions.startOver();
      void startSolo(chosen, positionMs);
      restartPulse();
    },
    warmUp: () => output.warmUp(),
    follow(next, shared, nextControls) {
      if (isSolo()) solo.stop();
      line = new SharedTimeline(shared);
      batch(() => {
        setSource(next);
        setControls(nextControls);
        setTrack(shared.track);
      });
      restartPulse();
      turned(isPlaying(line.timeline));
    },
    stop() {
      window.clearTimeout(timer);
      preview.end();
      solo.stop();
      follower.follow(silence, undefined);
      line = new SharedTimeline();
      batch(() => {
        setSource({ kind: 'none' });
        setControls(undefined);
        setTrack(undefined);
      });
      turned(false);
    },
    toggle() {
      if (isSolo()) return playing() ? solo.pause() : void solo.play();
      if (playing()) controls()?.pause();
      else controls()?.play();
    },
    seek(positionMs) {
      if (isSolo()) solo.seek(positionMs);
      else controls()?.seek(positionMs);
    },
    preview(positionMs) {
      const current = line.track;
      if (isSolo() || current === undefined || !clock.ready) return;
      follower.yieldOutput();
      void preview.start(current.id, Math.max(0, positionMs));
      restartPulse();
    },
    endPreview() {
      preview.end();
      restartPulse();
    },
    stepAside() {
      preview.end();
      if (isSolo()) solo.pause();
      else follower.yieldOutput();
      setAside(true);
      return () => {
        setAside(false);
        restartPulse();
      };
    },
    next: () => controls()?.next(),
    previous: () => (isSolo() ? solo.seek(0) : controls()?.previous()),
    unlock() {
      if (isSolo()) void solo.play();
      else void follower.unlock();
    },
  };

  bindMediaKeys({
    play: () => !playing() && player.toggle(),
    pause: () => playing() && player.toggle(),
    next: () => player.next(),
    previous: () => player.previous(),
    seek: (positionMs) => player.seek(positionMs),
  });
  // A song that is measured while it plays keeps its level to its end.
  const trackId = createMemo(() => track()?.id);
  createEffect(on([trackId, evensLoudness], () => output.setGain(evensLoudness() ? gainOf(track() ?? {}) : 1)));
  createEffect(() => {
    turn();
    showMedia(track(), playing(), player.positionMs());
  });
  return player;
}
