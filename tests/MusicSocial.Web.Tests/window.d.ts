import type { Measurement } from '../../src/MusicSocial.Web/src/shell/measurement.ts';

declare global {
  interface Window {
    musicSocial?: { measure(): Measurement };
  }
}
