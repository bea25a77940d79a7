import { uncertaintyOf } from '../playback/syncText';
import { positionAt } from '../timeline/timeline';
import type { App } from './app';
import type { Measurement } from './measurement';

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
        clientMs: performance.timeOrigin + performance.now(),
        hubMs,
        positionMs: app.player.positionMs(),
        audibleMs: app.player.sync.audibleMs(),
        wantedMs: room && positionAt(room.timeline, hubMs),
        state: app.player.state(),
        trackId: app.player.track()?.id,
        connection: app.connectionState(),
        errorMs: app.player.sync.errorMs(),
        corrections: app.player.sync.corrections(),
        engine: app.player.sync.engine(),
        rate: app.player.sync.rate(),
        uncertaintyMs: uncertaintyOf(app.clock.reading, app.player.sync.errorMs()),
        roundTripMs: app.clock.reading.roundTripMs,
      };
    },
  };
}
