const silentS = 10;
const sampleRate = 8_000;
const restsAfterMs = 3_000;

/**
 * An element that plays silence as long as Web Audio plays anything: browsers give media keys and the lock screen only to pages in which a media element plays for more than a few
 * seconds.
 */
export class SilentElement {
  private element: HTMLAudioElement | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;

  /** Call where sound may be made: a browser that refuses it refuses this too, and nothing is lost but the keys. */
  show(): void {
    clearTimeout(this.resting);
    this.element ??= silentElement();
    if (this.element.paused) void this.element.play().catch(() => {});
  }

  /** Not at once: between two songs the media keys should stay. */
  rest(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.element?.pause(), restsAfterMs);
  }
}

function silentElement(): HTMLAudioElement {
  const element = new Audio(URL.createObjectURL(new Blob([silence()], { type: 'audio/wav' })));
  element.loop = true;
  return element;
}

/** Ten seconds of nothing as WAV: 8 bit, mono. */
function silence(): ArrayBuffer {
  const samples = silentS * sampleRate;
  const bytes = new Uint8Array(44 + samples).fill(128, 44);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => bytes.set(new TextEncoder().encode(word), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, 'data');
  view.setUint32(40, samples, true);
  return bytes.buffer;
}
