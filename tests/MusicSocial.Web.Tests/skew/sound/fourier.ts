/** A spectrum or a signal of complex numbers. */
export interface Complex {
  re: Float64Array;
  im: Float64Array;
}

/** The fast Fourier transform of one power-of-two size, in place. */
export class Fourier {
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;
  private readonly mirrored: Uint32Array;

  constructor(readonly size: number) {
    if (size < 2 || (size & (size - 1)) !== 0) throw new Error('The size must be a power of two.');
    const angle = (k: number) => (-2 * Math.PI * k) / size;
    this.cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos(angle(k)));
    this.sin = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin(angle(k)));
    this.mirrored = new Uint32Array(size);
    for (let i = 1, bits = Math.log2(size); i < size; i++) {
      this.mirrored[i] = ((this.mirrored[i >> 1] as number) >> 1) | ((i & 1) << (bits - 1));
    }
  }

  /** A real signal, cut or filled with zeros to the size. */
  of(signal: Float32Array, from: number, length: number): Complex {
    const re = new Float64Array(this.size);
    for (let i = 0; i < length; i++) re[i] = signal[from + i] ?? 0;
    return this.transform({ re, im: new Float64Array(this.size) });
  }

  transform(signal: Complex): Complex {
    const { re, im } = signal;
    for (let i = 0; i < this.size; i++) {
      const j = this.mirrored[i] as number;
      if (j <= i) continue;
      [re[i], re[j]] = [re[j] as number, re[i] as number];
      [im[i], im[j]] = [im[j] as number, im[i] as number];
    }
    for (let half = 1; half < this.size; half *= 2) this.butterflies(re, im, half);
    return signal;
  }

  /** The real part of the inverse transform. */
  inverse(spectrum: Complex): Float64Array {
    const { re } = this.transform({ re: spectrum.re, im: spectrum.im.map((value) => -value) });
    return re.map((value) => value / this.size);
  }

  private butterflies(re: Float64Array, im: Float64Array, half: number): void {
    const stride = this.size / (2 * half);
    for (let start = 0; start < this.size; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const c = this.cos[k * stride] as number;
        const s = this.sin[k * stride] as number;
        const a = start + k;
        const b = a + half;
        const x = (re[b] as number) * c - (im[b] as number) * s;
        const y = (re[b] as number) * s + (im[b] as number) * c;
        re[b] = (re[a] as number) - x;
        im[b] = (im[a] as number) - y;
        re[a] = (re[a] as number) + x;
        im[a] = (im[a] as number) + y;
      }
    }
  }
}
