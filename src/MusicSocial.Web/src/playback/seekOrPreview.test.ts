import { describe, expect, it } from 'vitest';
import type { Source } from './player';
import { seekOrPreview } from './seekOrPreview';

function chosen(kind: Source['kind'], controlsRoom: boolean): string {
  const done: string[] = [];
  const player = {
    source: () => ({ kind }) as Source,
    seek: (ms: number) => done.push(`seek ${ms}`),
    preview: (ms: number) => done.push(`preview ${ms}`),
  };
  seekOrPreview(player, controlsRoom, 1_000);
  return done.join();
}

describe('choosing a line', () => {
  it('moves the room for those who control it, and the listener alone otherwise', () => {
    expect(chosen('room', true)).toBe('seek 1000');
    expect(chosen('solo', false)).toBe('seek 1000');
  });

  it('is a preview for listeners, and for those who listen along, whatever they control elsewhere', () => {
    expect(chosen('room', false)).toBe('preview 1000');
    expect(chosen('along', false)).toBe('preview 1000');
    expect(chosen('along', true)).toBe('preview 1000');
  });
});
