import { describe, expect, it } from 'vitest';
import { links, routeOf } from './router';

const followed = (link: string) => {
  const [path = '', search = ''] = link.split('?');
  return routeOf(path, search);
};

describe('a link', () => {
  it('to a moment opens the song at that position', () => {
    expect(followed(links.moment('a/b', 83_400.6))).toEqual({ page: 'song', id: 'a/b', fromMs: 83_401 });
    expect(followed(links.song('x'))).toEqual({ page: 'song', id: 'x', fromMs: undefined });
  });

  it('to a moment that cannot be opens the song', () => {
    for (const at of ['', '-5', 'soon', 'Infinity', 'NaN'])
      expect(routeOf('/song/x', `?at=${at}`)).toEqual({ page: 'song', id: 'x', fromMs: undefined });
  });

  it('to the desk of a song leads there, and no further', () => {
    expect(followed(links.timing('x y'))).toEqual({ page: 'timing', id: 'x y' });
    expect(routeOf('/song/x/timing/more')).toEqual({ page: 'missing' });
    expect(routeOf('/room/x/timing')).toEqual({ page: 'missing' });
  });
});
