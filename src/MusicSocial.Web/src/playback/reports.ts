import { type Accessor, createEffect, on } from 'solid-js';
import type { HubClock } from '../clock/hubClock';
import { newId } from '../shell/platform';
import type { ConnectionState } from '../wire/connection';
import type { PlaybackReport, Track } from '../wire/contract';
import type { Hub } from '../wire/hub';
import type { Player } from './player';

const everyMs = 15_000;
/** A media element says it plays before its position moves; friends who listen along want the position. */
const settlesInMs = 600;

/** One id per browser, so that the server can distinguish a user's devices. */
export function deviceId(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): string {
  const key = 'musicsocial.device';
  const known = storage.getItem(key);
  if (known !== null) return known;
  const fresh = `web-${newId()}`;
  storage.setItem(key, fresh);
  return fresh;
}

/** Reports to the hub what is played here, on every change and every 15 s. For a room the hub knows it from membership. */
export function reportPlayback(from: {
  player: Player;
  hub: Pick<Hub, 'reportPlayback'>;
  connectionState: Accessor<ConnectionState>;
  clock: Pick<HubClock, 'ready' | 'now'>;
}): void {
  const { player, hub, connectionState, clock } = from;
  let reported: Track | undefined;

  const report = () => {
    // A preview is not shared: followers who listen along stay on the timeline that it returns to.
    if (connectionState() !== 'connected' || player.previewing()) return;
    const kind = player.source().kind;
    const track = kind === 'solo' || kind === 'along' ? player.track() : undefined;
    if (track === undefined && reported === undefined) return;
    const state = track === undefined ? 'stopped' : player.playing() ? 'playing' : 'paused';
    const subject = track ?? reported;
    reported = track;
    if (subject) hub.reportPlayback(reportOf(subject, state, player, clock)).catch(() => {});
  };

  let settling = 0;
  const reportSoon = () => {
    window.clearTimeout(settling);
    settling = window.setTimeout(report, player.playing() ? settlesInMs : 0);
  };

  createEffect(on([player.turn, player.source, connectionState], reportSoon));
  setInterval(() => player.playing() && report(), everyMs);
}

/** The position and the hub time it was read at, so that however late the report arrives, the line it draws is the same. */
export function reportOf(
  track: Pick<Track, 'id'>,
  state: PlaybackReport['state'],
  player: Pick<Player, 'positionMs'>,
  clock: Pick<HubClock, 'ready' | 'now'>,
  device = deviceId(),
): PlaybackReport {
  const atMs = clock.ready ? clock.now() : null;
  const positionMs = player.positionMs();
  return {
    trackId: track.id,
    artist: null,
    title: null,
    album: null,
    durationMs: null,
    positionMs: Math.max(0, positionMs),
    state,
    rate: state === 'playing' ? 1 : null,
    deviceId: device,
    atMs,
  };
}
