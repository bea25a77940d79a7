import type { Page } from '@playwright/test';
import type { Person } from '../../hub/people.ts';
import type { EngineUnderTest } from '../listener.ts';
import { PageClock } from '../pageClock.ts';
import { percentile, type Run } from '../report/figures.ts';
import { songOf } from '../sound/noise.ts';
import { HeardSong } from '../sound/place.ts';
import type { SkewSample } from '../sound/skew.ts';
import { load, pause } from '../rig.ts';
import { type SungWord, ttml, words } from './sung.ts';
import { withPair } from './together.ts';

const title = 'Rig one';
/** Sooner than this before its sound or later after it a word is seen to be wrong. */
const wanted = { fromMs: -60, toMs: 40 };

/** A word that was lit up on a page, on that page's clock. */
interface Lit {
  text: string;
  pageMs: number;
}

/** Words light up in two browsers: how long after their sound was heard out of the same browser's loudspeaker. Negative: before it. */
export async function lyrics(seconds: number, engine: EngineUnderTest): Promise<Run> {
  const songSeconds = seconds + 90;
  const sung = words(songSeconds);
  const settling = { engine, settleMs: 15_000, songs: { [title]: songSeconds }, lyrics: { [title]: ttml(sung) } };
  return withPair(settling, async ({ rig, ann, ben }) => {
    const recording = rig.sound.record();
    // Nothing had been heard of it yet: the first pieces say when it began.
    await pause(1_000);
    const seen = await Promise.all([ann, ben].map((person) => watch(person, seconds * 1_000)));
    const sound = await recording.stop();
    const song = songOf(songSeconds);
    const late = seen.map(({ clock, lit, look }, channel) => {
      const aboutMs = look.audibleMs - (clock.rigMs(look.clientMs) - sound.startedAtMs);
      const heard = new HeardSong(sound, channel, song, aboutMs);
      return lit.flatMap(({ text, pageMs }) => lateBy(sung, text, (clock.rigMs(pageMs) - sound.startedAtMs) / 1_000, heard));
    });
    const samples = late.flat().sort((a, b) => a.atS - b.atS);
    const lateMs = samples.map((sample) => sample.skewMs);
    const within = lateMs.filter((ms) => ms >= wanted.fromMs && ms <= wanted.toMs);
    const figures = {
      'words compared': samples.length,
      'words lit whose sound was not found': seen.reduce((total, { lit }) => total + lit.length, 0) - samples.length,
      'lit after its sound (before: negative) p5, ms': percentile(lateMs, 0.05),
      'lit after its sound p50, ms': percentile(lateMs, 0.5),
      'lit after its sound p95, ms': percentile(lateMs, 0.95),
      'lit within -60..+40 ms of its sound, % of words': (within.length / lateMs.length) * 100,
      "pages' clocks are known to, ms": Math.max(...seen.map(({ clock }) => clock.boundMs)),
    };
    return { figures, samples, load: load() };
  });
}

async function watch(person: Person, forMs: number) {
  const [clock, { lit, look }] = await PageClock.around(person.page, async () => {
    const look = await person.measure();
    return { look, lit: await litWithin(person.page, forMs) };
  });
  return { clock, lit, look };
}

/** Every word that lights up, at the moment the frame is drawn that shows it. */
function litWithin(page: Page, forMs: number): Promise<Lit[]> {
  return page.evaluate(async (forMs) => {
    const lit: { text: string; pageMs: number }[] = [];
    const drawn = new MessageChannel();
    let changed: string[] = [];
    // Written in a frame's callback, drawn after it: a message that is posted meanwhile arrives when that is done.
    drawn.port1.onmessage = () => {
      const pageMs = performance.timeOrigin + performance.now();
      lit.push(...changed.map((text) => ({ text, pageMs })));
      changed = [];
    };
    const observer = new MutationObserver((changes) => {
      for (const { target, oldValue } of changes) {
        const word = target as HTMLElement;
        if (word.classList.contains('now') && !oldValue?.split(' ').includes('now')) changed.push(word.textContent ?? '');
      }
      if (changed.length > 0) drawn.port2.postMessage(0);
    });
    for (const word of document.querySelectorAll('.word')) {
      observer.observe(word, { attributes: true, attributeFilter: ['class'], attributeOldValue: true });
    }
    await new Promise((resolve) => setTimeout(resolve, forMs));
    observer.disconnect();
    return lit;
  }, forMs);
}

function lateBy(sung: readonly SungWord[], text: string, litS: number, song: HeardSong): SkewSample[] {
  const word = sung.find((one) => one.text === text.trim());
  const heardS = word && song.whenHeardS(word.startMs);
  return heardS === undefined ? [] : [{ atS: heardS, skewMs: (litS - heardS) * 1_000 }];
}
