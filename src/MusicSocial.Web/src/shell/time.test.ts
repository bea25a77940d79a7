import { describe, expect, it } from 'vitest';
import { routeOf } from './router';
import { agoText, clockText } from './time';

describe('times in words', () => {
  it('show minutes and seconds, hours only when needed', () => {
    expect([0, 9_999, 61_000, 3_725_000].map(clockText)).toEqual(['0:00', '0:09', '1:01', '1:02:05']);
  });

  it('tell how long ago', () => {
    expect(agoText(0, 20_000)).toBe('just now');
    expect(agoText(0, 300_000)).toBe('5 min. ago');
    expect(agoText(0, 86_400_000)).toBe('yesterday');
    expect(agoText(10_000, 0)).toBe('just now');
  });
});

describe('routes', () => {
  it('are read from the address', () => {
    expect(routeOf('/')).toEqual({ page: 'home' });
    expect(routeOf('/song/a%2Fb')).toEqual({ page: 'song', id: 'a/b' });
    expect(routeOf('/room/TUNE42/')).toEqual({ page: 'room', code: 'TUNE42' });
    expect(routeOf('/u/ann')).toEqual({ page: 'profile', handle: 'ann' });
    expect(routeOf('/search', '?q=swing%20low')).toEqual({ page: 'search', query: 'swing low' });
    expect(routeOf('/song')).toEqual({ page: 'missing' });
    expect(routeOf('/song/a/b')).toEqual({ page: 'missing' });
  });
});
