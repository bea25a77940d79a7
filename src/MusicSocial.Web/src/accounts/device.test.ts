import { describe, expect, it } from 'vitest';
import { deviceText } from './device';

describe('a device', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
      'Chrome on Linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1',
      'Safari on iOS',
    ],
    ['Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0', 'Firefox on Android'],
    ['MusicSocial.Client/0.1', 'MusicSocial.Client'],
    ['curl/8.9', 'curl'],
    ['', 'Unknown device'],
    [undefined, 'Unknown device'],
  ])('that says %s is called %s', (userAgent, text) => {
    expect(deviceText(userAgent)).toBe(text);
  });
});
