import type { Track } from '../wire/contract';

export interface MediaKeys {
  play(): void;
  pause(): void;
  next(): void;
  previous(): void;
  seek(positionMs: number): void;
}

/** Connects hardware keys, lock screens and headsets with the player. */
export function bindMediaKeys(keys: MediaKeys): void {
  const session = navigator.mediaSession;
  if (session === undefined) return;
  session.setActionHandler('play', keys.play);
  session.setActionHandler('pause', keys.pause);
  session.setActionHandler('nexttrack', keys.next);
  session.setActionHandler('previoustrack', keys.previous);
  session.setActionHandler('seekto', (details) => {
    if (typeof details.seekTime === 'number') keys.seek(details.seekTime * 1_000);
  });
}

export function showMedia(track: Track | undefined, playing: boolean, positionMs: number): void {
  const session = navigator.mediaSession;
  if (session === undefined) return;
  if (track === undefined) {
    session.metadata = null;
    session.playbackState = 'none';
    return;
  }
  session.metadata = new MediaMetadata({
    title: track.title,
    artist: track.artist,
    album: track.album ?? '',
    artwork: [{ src: new URL(track.coverUrl, location.href).href }],
  });
  session.playbackState = playing ? 'playing' : 'paused';
  const duration = track.durationMs / 1_000;
  if (duration > 0)
    session.setPositionState({ duration, position: Math.min(duration, Math.max(0, positionMs / 1_000)) });
}
