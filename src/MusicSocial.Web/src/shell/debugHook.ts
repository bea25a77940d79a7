import { positionAt } from '../timeline/timeline';
import type { App } from './app';

/** What browser tests and curious people may read from the console: where the sound is and where it should be. */
export interface Measurement {
  hubMs: number;
  positionMs: number;
  audibleMs: number;
  wantedMs: number | undefined;
  state: string;
  trackId: string | undefined;
  connection: string;
  errorMs: number;
}

declare global {
  interface Window {
    musicSocial?: { measure(): Measurement };
  }
}

export function exposeForTests(app: App): void {
  window.musicSocial = {
    measure() {
      const hubMs = app.clock.now();
      const room = app.room.room();
      return {
        hubMs,
        positionMs: app.player.positionMs(),
        audibleMs: app.player.audibleMs(),
        wantedMs: room && positionAt(room.timeline, hubMs),
        state: app.player.state(),
        trackId: app.player.track()?.id,
        connection: app.connectionState(),
        errorMs: app.player.errorMs(),
      };
    },
  };
}
