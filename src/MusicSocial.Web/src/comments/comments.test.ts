import { describe, expect, it } from 'vitest';
import { avatarColour, initialsOf } from '../accounts/portrait';
import type { Comment } from '../wire/contract';
import { BubbleTrack } from './bubbles';
import { lengthOf, pinFor } from './commentText';
import { density, landscape } from './moments';
import { counted } from './railEntries';

const at = (positionMs: number, author = 'ann', id = `${author}-${positionMs}`) =>
  ({ id, positionMs, author: { id: author }, deleted: false }) as Comment;

describe('bubbles', () => {
  const playing = (track: BubbleTrack, from: number, to: number, me?: string) => {
    const seen = [];
    for (let position = from; position <= to; position += 16) seen.push(...track.move(position, me));
    return seen;
  };

  it('rise when the song passes their second, once', () => {
    const track = new BubbleTrack();
    track.set([at(5_000), at(9_000)]);
    expect(playing(track, 0, 6_000).map((b) => b.id)).toEqual(['ann-5000']);
  });

  it('do not spray when someone seeks over them', () => {
    const track = new BubbleTrack();
    track.set([at(5_000), at(6_000), at(7_000)]);
    track.move(1_000, undefined);
    expect(track.move(60_000, undefined)).toEqual([]);
    expect(track.move(1_000, undefined)).toEqual([]);
  });

  it('are clustered above three a second, but one’s own is always there', () => {
    const track = new BubbleTrack();
    track.set([...Array.from({ length: 9 }, (_, i) => at(5_100, 'bob', `b${i}`)), at(5_100, 'me', 'mine')]);
    const seen = playing(track, 4_000, 6_000, 'me');
    expect(seen).toHaveLength(4);
    expect(seen.at(-1)).toMatchObject({ id: 'mine', others: 6 });
  });

  it('leave deleted comments in peace', () => {
    const track = new BubbleTrack();
    track.set([{ ...at(5_000), deleted: true }]);
    expect(playing(track, 4_000, 6_000)).toEqual([]);
  });
});

describe('moments', () => {
  it('are highest where most people spoke', () => {
    const said = [
      { second: 0, total: 1 },
      { second: 10, total: 3 },
      { second: 12, total: 1 },
      { second: 99, total: 1 },
    ];
    expect(density(said, 100_000, 10)).toEqual([0.5, 1, 0, 0, 0, 0, 0, 0, 0, 0.5]);
  });

  it('count another comment on a second there, so that a track has no more entries than seconds', () => {
    const said = [{ second: 5, total: 2 }];
    expect(counted(counted(said, 5), 7)).toEqual([
      { second: 5, total: 3 },
      { second: 7, total: 1 },
    ]);
  });

  it('draw nothing where there are no comments', () => {
    expect(landscape(density([], 1_000, 10))).toBe('');
    expect(density([{ second: 5, total: 1 }], 0, 3)).toEqual([0, 0, 0]);
  });
});

describe('writing', () => {
  it('pins to the moment typing began and lets go of an emptied text', () => {
    const pin = pinFor('w', undefined, 61_234.5);
    expect(pin).toEqual({ positionMs: 61_235 });
    expect(pinFor('what a', pin, 70_000)).toBe(pin);
    expect(pinFor('  ', pin, 70_000)).toBeUndefined();
    expect(pinFor('no music', undefined, undefined)).toBeUndefined();
  });

  it('counts what people see as characters', () => expect(lengthOf('🎶é')).toBe(2));
});

describe('portraits', () => {
  it('take whole characters of any script', () => {
    expect(initialsOf('Ann van Dyk')).toBe('AD');
    expect(initialsOf('🎧')).toBe('🎧');
    expect(initialsOf('  ')).toBe('?');
  });

  it('keep a person’s colour', () => expect(avatarColour('u1')).toBe(avatarColour('u1')));
});
