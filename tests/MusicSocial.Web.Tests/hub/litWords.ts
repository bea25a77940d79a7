import type { Page } from '@playwright/test';

/** What stood on the page at one moment, and where the sound was. */
export interface Look {
  positionMs: number;
  lit: number[];
}

/** A word that lit up: when, by the sound. */
export interface Lighting {
  word: number;
  positionMs: number;
  /** Since the last jump, milliseconds. */
  settledMs: number;
}

export interface Watched {
  looks: Look[];
  lightings: Lighting[];
  frameMs: number;
}

/** Before a page loads: remembers its media elements, so that a test may read the sound itself and not what the page says about it. */
export function rememberAudio(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const every: HTMLAudioElement[] = [];
    const Original = window.Audio;
    window.Audio = function Audio(source?: string) {
      const element = new Original(source);
      every.push(element);
      return element;
    } as unknown as typeof Audio;
    (window as unknown as { everyAudio: HTMLAudioElement[] }).everyAudio = every;
  });
}

/** Looks at the words at random moments while the song runs, jumping to each of the given positions in turn. */
export function watchWords(page: Page, jumpsMs: readonly number[], eachMs: number): Promise<Watched> {
  return page.evaluate(
    async ([jumps, stayMs]) => {
      const { everyAudio } = window as unknown as { everyAudio: HTMLAudioElement[] };
      const sound = everyAudio.find((element) => !element.paused);
      if (sound === undefined) throw new Error('Nothing is playing.');
      const positionMs = () => sound.currentTime * 1_000;
      const words = [...document.querySelectorAll<HTMLElement>('.word')];
      const place = new Map(words.map((word, n) => [word, n]));
      const watched: Watched = { looks: [], lightings: [], frameMs: 0 };
      let jumpedAt = performance.now();

      const observer = new MutationObserver((changes) => {
        const at = positionMs();
        for (const { target, oldValue } of changes) {
          const word = target as HTMLElement;
          if (!word.classList.contains('now') || oldValue?.includes('now')) continue;
          watched.lightings.push({ word: place.get(word) ?? -1, positionMs: at, settledMs: performance.now() - jumpedAt });
        }
      });
      for (const word of words) observer.observe(word, { attributes: true, attributeFilter: ['class'], attributeOldValue: true });

      let frames = 0;
      const began = performance.now();
      let running = true;
      const count = () => {
        frames += 1;
        if (running) requestAnimationFrame(count);
      };
      requestAnimationFrame(count);

      for (const jump of jumps) {
        const bar = document.querySelector<HTMLInputElement>('input[aria-label="Position"]');
        if (bar === null) throw new Error('There is no seek bar.');
        bar.value = String(jump);
        bar.dispatchEvent(new Event('input', { bubbles: true }));
        bar.dispatchEvent(new Event('change', { bubbles: true }));
        jumpedAt = performance.now();
        while (performance.now() - jumpedAt < stayMs) {
          await new Promise((resolve) => setTimeout(resolve, 15 + Math.random() * 60));
          if (sound.seeking) continue;
          const lit = words.flatMap((word, n) => (word.classList.contains('now') ? [n] : []));
          watched.looks.push({ positionMs: positionMs(), lit });
        }
      }
      running = false;
      observer.disconnect();
      watched.frameMs = (performance.now() - began) / frames;
      return watched;
    },
    [jumpsMs, eachMs] as const,
  );
}
