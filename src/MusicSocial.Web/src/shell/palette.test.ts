import { describe, expect, it } from 'vitest';
import { coloursOf, contrast, houseColours, oklchOf, type Rgb, rgbOf, themeOf } from './palette';

const parse = (hex: string | undefined): Rgb => {
  const digits = (hex ?? '').slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as unknown as Rgb;
};
const cover = (...blocks: [Rgb, number][]) =>
  blocks.flatMap(([[r, g, b], n]) => Array.from({ length: n }, () => [r, g, b, 255]).flat());

describe('a theme', () => {
  it.each(['dark', 'light'] as const)('is readable in %s whatever the cover', (mode) => {
    for (let h = 0; h < 360; h += 5) {
      for (const c of [0.01, 0.06, 0.16]) {
        const theme = themeOf({ first: { l: 0.7, c, h }, second: { l: 0.7, c, h: h + 90 } }, mode);
        for (const ground of ['--bg', '--surface', '--raised']) {
          expect(contrast(parse(theme['--text']), parse(theme[ground]))).toBeGreaterThan(7);
          expect(contrast(parse(theme['--dim']), parse(theme[ground]))).toBeGreaterThan(4.5);
          expect(contrast(parse(theme['--accent']), parse(theme[ground]))).toBeGreaterThan(4.5);
        }
        expect(contrast(parse(theme['--on-accent']), parse(theme['--accent']))).toBeGreaterThan(4.5);
        expect(contrast(parse(theme['--quiet']), parse(theme['--bg']))).toBeGreaterThan(4.5);
        expect(contrast(parse(theme['--idle']), parse(theme['--bg']))).toBeGreaterThan(3);
      }
    }
  });
});

describe('the colours of a cover', () => {
  it('are its most striking hue and a second that differs', () => {
    const { first, second } = coloursOf(cover([[200, 30, 40], 60], [[20, 60, 200], 30], [[128, 128, 128], 500]));
    expect(Math.abs(first.h - oklchOf([200, 30, 40]).h)).toBeLessThan(15);
    expect(Math.abs(second.h - oklchOf([20, 60, 200]).h)).toBeLessThan(15);
  });

  it('stay quiet for a grey cover', () => {
    expect(coloursOf(cover([[90, 90, 90], 100])).first.c).toBeLessThan(0.02);
  });
});

describe('colour arithmetic', () => {
  it('goes there and back', () => {
    for (const rgb of [
      [12, 200, 90],
      [255, 255, 255],
      [250, 3, 77],
    ] as Rgb[])
      expect(rgbOf(oklchOf(rgb))).toEqual(rgb);
  });

  it('knows black on white', () => expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5));

  it('has house colours of its own', () => expect(houseColours.first.c).toBeGreaterThan(0.1));
});
