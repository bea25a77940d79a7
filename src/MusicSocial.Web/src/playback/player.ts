import { type Accessor, batch, createEffect, createMemo, createSignal, on } from 'solid-js';
import { AudioPlayers } from '../audio/audioPlayers';
import { ChunkIndex } from '../audio/chunkIndex';
import { createOutputSelector } from '../audio/createOutput';
import { gainOf } from '../audio/loudness';
import { bindMediaKeys, showMedia } from '../audio/mediaSession';
import { Renditions } from '../audio/renditions';
import type { HubClock } from '../clock/hubClock';
import { evensLoudness } from '../shell/preferences';
import { type FollowerState, TimelineFollower } from '../timeline/timelineFollower';
import type { Api } from '../wire/api';
import type { Track, User } from '../wire/contract';
import { SharedPlayback } from './sharedPlayback';
import type { Shared } from './sharedTimeline';
import { SoloPlayer } from './soloPlayer';
import { createSoundSettings, type SoundSettings } from './soundSettings';
import { createSyncStatus, type SyncStatus } from './syncStatus';

/** Where the sound comes from: nowhere, one's own choice, a room, or a friend one listens along with. */
export type Source =
  | { kind: 'none' }
  | { kind: 'solo' }
  | { kind: 'room'; roomId: string; code: string; name: string }
  | { kind: 'along'; user: User };

/** What play, pause and the rest do to a shared timeline; the room session says so. */
export interface TransportControls {
  play(): void;
  pause(): void;
  seek(positionMs: number): void;
  next(): void;
  previous(): void;
}

/** What this page plays, alone or with others. */
export interface Player {
  source: Accessor<Source>;
  track: Accessor<Track | undefined>;
  playing: Accessor<boolean>;
  state: Accessor<FollowerState>;
  /** Changes whenever the position jumped: play, pause, seek, another track. */
  turn: Accessor<number>;
  /** Another place of the song is heard for a moment, while the shared timeline goes on. */
  previewing: Accessor<boolean>;
  /** This page is silent, see `stepAside`. */
  aside: Accessor<boolean>;
  settings: SoundSettings;
  sync: SyncStatus;
  /** The audible position now; read it in animation frames, not reactively. */
  positionMs(): number;
  /** The track is at hand, at the beginning of a timeline that starts in a moment. */
  prepared(): boolean;
  /** Call within a gesture after which a shared song will be heard: the sound device opens while the rest is on its way. */
  warmUp(): void;
  /** Call within a gesture after the browser refused to play without one. */
  unlock(): void;
  playSolo(track: Track, positionMs?: number): void;
  follow(source: Source, shared: Shared, controls: TransportControls | undefined): void;
  stop(): void;
  toggle(): void;
  seek(positionMs: number): void;
  next(): void;
  previous(): void;
  /** Plays another place of a shared song for a few seconds, then comes back in sync. */
  preview(positionMs: number): void;
  endPreview(): void;
  /** Silent here until the returned function is called: the user works on the song and hears it elsewhere on the page. A room plays on. */
  stepAside(): () => void;
}

const soloTickMs = 200;

export function createPlayer(clock: HubClock, api: Pick<Api, 'chunks' | 'chunk'>): Player {
  const elements = new AudioPlayers();
  const index = new ChunkIndex(api.chunks);
  const output = createOutputSelector(elements, index, api.chunk);
  const renditions = new Renditions(index);
  const [source, setSource] = createSignal<Source>({ kind: 'none' });
  const [track, setTrack] = createSignal<Track | undefined>();
  const [playing, setPlaying] = createSignal(false);
  const [state, setState] = createSignal<FollowerState>('idle');
  const [turn, setTurn] = createSignal(0);
  const [previewing, setPreviewing] = createSignal(false);
  const [aside, setAside] = createSignal(false);
  let controls: TransportControls | undefined;
  let timer = 0;

  const isSolo = () => source().kind === 'solo';
  const follower = new TimelineFollower(output, () => clock.now(), setState);
  const solo = new SoloPlayer(elements, () => turned(solo.playing));
  const shared = new SharedPlayback(output, follower, renditions, clock, (active) => {
    setPreviewing(active);
    turned(shared.playing);
  });

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

  function show(next: Source, nextTrack: Track | undefined, nextControls?: TransportControls): void {
    controls = nextControls;
    batch(() => {
      setSource(next);
      setTrack(nextTrack);
    });
  }

  async function startSolo(chosen: Track, positionMs: number): Promise<void> {
    const file = renditions.of(chosen);
    // A browser that wants a gesture has one now, so what is known is played at once.
    if (file) return solo.start(file, positionMs);
    solo.stop();
    const answered = await renditions.settled(chosen);
    if (isSolo() && track()?.id === chosen.id) await solo.start(answered, positionMs);
  }

  function tickSolo(): void {
    const current = track();
    if (elements.failed && current && renditions.forgo(current)) void startSolo(current, solo.positionMs);
    if (state() !== soloState() || playing() !== solo.playing) turned(solo.playing);
  }

  function tickShared(): void {
    const crossed = shared.tick();
    if (previewing() || !clock.firm || (!crossed && track()?.id === shared.track?.id)) return;
    setTrack(shared.track);
    turned(shared.playing);
  }

  /** Steers now, and again and again for as long as anything is played. */
  function run(): void {
    window.clearTimeout(timer);
    if (source().kind === 'none') return;
    if (isSolo()) tickSolo();
    else tickShared();
    timer = window.setTimeout(run, isSolo() ? soloTickMs : shared.tickMs);
  }

  const player: Player = {
    source,
    track,
    playing,
    state,
    turn,
    previewing,
    aside,
    settings: createSoundSettings(output, follower, renditions),
    sync: createSyncStatus(isSolo, track, { elements, output, follower, renditions }),
    positionMs: () => (isSolo() ? solo : shared).positionMs,
    prepared: () => !isSolo() && follower.prepared,
    warmUp: () => output.warmUp(),
    unlock() {
      if (isSolo()) void solo.play();
      else void follower.unlock();
    },
    playSolo(chosen, positionMs = 0) {
      shared.close();
      show({ kind: 'solo' }, chosen);
      renditions.startOver();
      void startSolo(chosen, positionMs);
      run();
    },
    follow(next, what, nextControls) {
      if (isSolo()) solo.stop();
      shared.open(what);
      show(next, what.track, nextControls);
      run();
      turned(shared.playing);
    },
    stop() {
      solo.stop();
      shared.close();
      show({ kind: 'none' }, undefined);
      run();
      turned(false);
    },
    toggle() {
      if (isSolo()) return playing() ? solo.pause() : void solo.play();
      if (playing()) controls?.pause();
      else controls?.play();
    },
    seek(positionMs) {
      if (isSolo()) solo.seek(positionMs);
      else controls?.seek(positionMs);
    },
    next: () => controls?.next(),
    previous: () => (isSolo() ? solo.seek(0) : controls?.previous()),
    preview(positionMs) {
      if (!isSolo() && shared.startPreview(positionMs)) run();
    },
    endPreview() {
      shared.endPreview();
      run();
    },
    stepAside() {
      shared.endPreview();
      if (isSolo()) solo.pause();
      else shared.stepAside();
      setAside(true);
      return () => {
        shared.isAside = false;
        setAside(false);
        run();
      };
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
