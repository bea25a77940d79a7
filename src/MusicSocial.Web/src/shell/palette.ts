/** A colour by what the eye sees: lightness 0-1, chroma 0-0.37, hue in degrees. */
export interface Oklch {
  l: number;
  c: number;
  h: number;
}

export type Rgb = readonly [number, number, number];
export type Mode = 'dark' | 'light';

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const fromLinear = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

export function rgbOf({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
  const [red = 0, green = 0, blue = 0] = channels.map((v) => Math.round(255 * fromLinear(Math.min(1, Math.max(0, v)))));
  return [red, green, blue];
}

export function oklchOf([red, green, blue]: Rgb): Oklch {
  const [r, g, b] = [toLinear(red / 255), toLinear(green / 255), toLinear(blue / 255)];
  const L = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const M = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const S = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * L - 2.428592205 * M + 0.4505937099 * S;
  const B = 0.0259040371 * L + 0.7827717662 * M - 0.808675766 * S;
  const l = 0.2104542553 * L + 0.793617785 * M - 0.0040720468 * S;
  return { l, c: Math.hypot(A, B), h: ((Math.atan2(B, A) * 180) / Math.PI + 360) % 360 };
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, bl]: Rgb) =>
    0.2126 * toLinear(r / 255) + 0.7152 * toLinear(g / 255) + 0.0722 * toLinear(bl / 255);
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const hex = (rgb: Rgb) => `#${rgb.map((v) => v.toString(16).padStart(2, '0')).join('')}`;

/** Moves a colour's lightness away from the background until it can be read on it. */
function readable(colour: Oklch, background: Rgb, ratio: number, mode: Mode): Rgb {
  const step = mode === 'dark' ? 0.01 : -0.01;
  let l = colour.l;
  while (contrast(rgbOf({ ...colour, l }), background) < ratio && l > 0 && l < 1) l += step;
  return rgbOf({ ...colour, l });
}

/** The two colours that the page takes from a cover: the strongest, and the next that differs from it. */
export interface CoverColours {
  first: Oklch;
  second: Oklch;
}

export const houseColours: CoverColours = { first: { l: 0.7, c: 0.14, h: 285 }, second: { l: 0.7, c: 0.14, h: 20 } };

const bins = 24;

/** Finds them in raw RGBA pixels: hues weighted by how colourful and how frequent they are. */
export function coloursOf(pixels: ArrayLike<number>): CoverColours {
  const weight = new Float64Array(bins);
  const chroma = new Float64Array(bins);
  for (let i = 0; i + 3 < pixels.length; i += 4) {
    const colour = oklchOf([pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0]);
    if (colour.l < 0.12 || colour.l > 0.97 || colour.c < 0.02) continue;
    const bin = Math.floor((colour.h / 360) * bins) % bins;
    const w = colour.c * colour.c;
    weight[bin] = (weight[bin] ?? 0) + w;
    chroma[bin] = (chroma[bin] ?? 0) + w * colour.c;
  }
  const order = [...weight.keys()]
    .filter((bin) => (weight[bin] ?? 0) > 0)
    .sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0));
  const top = order[0];
  if (top === undefined) return { first: { l: 0.7, c: 0.01, h: 285 }, second: { l: 0.7, c: 0.01, h: 285 } };
  const apart = (bin: number) => Math.min(Math.abs(bin - top), bins - Math.abs(bin - top)) >= 2;
  const next = order.find(apart) ?? (top + 2) % bins;
  const colour = (bin: number): Oklch => ({
    l: 0.7,
    c: Math.min(0.16, (chroma[bin] ?? 0) / (weight[bin] || 1) || 0.08),
    h: ((bin + 0.5) / bins) * 360,
  });
  return { first: colour(top), second: colour(next) };
}

/** A dim yellow is olive, which no cover means: it becomes amber. */
const awayFromOlive = (hue: number) => (hue > 75 && hue < 125 ? 62 : hue);

/** The page's colours as custom properties: tinted by the cover, readable whatever the cover. */
export function themeOf({ first, second }: CoverColours, mode: Mode): Record<string, string> {
  const tint = Math.min(first.c, 0.16);
  const of = (l: number, share: number, h = first.h) => rgbOf({ l, c: tint * share, h });
  const dark = mode === 'dark';
  const background = dark ? of(0.178, 0.17) : of(0.972, 0.07);
  const surface = dark ? of(0.222, 0.18) : of(0.995, 0.02);
  const raised = dark ? of(0.265, 0.2) : of(0.945, 0.1);
  // The strictest ground text is ever put on.
  const ground = raised;
  const accent = readable(
    { l: dark ? 0.8 : 0.5, c: Math.max(0.03, Math.min(0.15, first.c)), h: first.h },
    ground,
    4.7,
    mode,
  );
  const onAccent = dark ? of(0.17, 0.3) : of(0.99, 0.03);
  return {
    '--bg': hex(background),
    '--surface': hex(surface),
    '--raised': hex(raised),
    '--line': hex(dark ? of(0.32, 0.2) : of(0.885, 0.12)),
    '--text': hex(dark ? of(0.965, 0.05) : of(0.23, 0.25)),
    '--dim': hex(readable({ l: dark ? 0.72 : 0.5, c: tint * 0.22, h: first.h }, ground, 4.7, mode)),
    '--idle': hex(readable({ l: dark ? 0.52 : 0.64, c: tint * 0.16, h: first.h }, background, 3.6, mode)),
    '--quiet': hex(readable({ l: dark ? 0.52 : 0.64, c: tint * 0.16, h: first.h }, background, 4.7, mode)),
    '--accent': hex(accent),
    '--on-accent': hex(onAccent),
    '--glow': hex(rgbOf({ l: dark ? 0.45 : 0.86, c: Math.min(0.13, first.c), h: first.h })),
    '--glow-2': hex(
      rgbOf({ l: dark ? 0.4 : 0.88, c: Math.min(0.12, second.c), h: dark ? awayFromOlive(second.h) : second.h }),
    ),
  };
}
