/** A word of a song and when it is sung, milliseconds of the song. */
export interface SungWord {
  text: string;
  startMs: number;
  endMs: number;
}

const wordsPerLine = 5;

/** Words for so many seconds, none like another, at moments that keep no step with frames. */
export function words(seconds: number): SungWord[] {
  const all: SungWord[] = [];
  let state = 11;
  for (let startMs = 500; startMs < seconds * 1_000 - 2_000; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const endMs = startMs + 250 + (state >>> 16) % 500;
    all.push({ text: `la${all.length}`, startMs, endMs });
    startMs = endMs;
  }
  return all;
}

/** Lyrics as they lie beside a song. */
export function ttml(all: readonly SungWord[]): string {
  const lines: string[] = [];
  for (let from = 0; from < all.length; from += wordsPerLine) {
    const line = all.slice(from, from + wordsPerLine);
    const spans = line.map((word) => `<span begin="${clock(word.startMs)}" end="${clock(word.endMs)}">${word.text}</span>`);
    lines.push(`<p begin="${clock(line[0]?.startMs ?? 0)}" end="${clock(line.at(-1)?.endMs ?? 0)}">${spans.join(' ')}</p>`);
  }
  return `<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div>${lines.join('')}</div></body></tt>`;
}

function clock(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return `00:${String(minutes).padStart(2, '0')}:${((ms % 60_000) / 1_000).toFixed(3).padStart(6, '0')}`;
}
