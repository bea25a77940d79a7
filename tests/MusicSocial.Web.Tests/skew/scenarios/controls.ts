import { chromium } from '@playwright/test';
import { type Figures, median } from '../report/figures.ts';
import { skewOver } from '../sound/skew.ts';
import { SoundSystem } from '../sound/pulse.ts';
import { browserFlags } from '../listener.ts';
import { pause } from '../rig.ts';

/** What the rig reads when one process plays one sound on two loudspeakers, the second late by so much. */
export async function readsOwnDelay(delaysMs: readonly number[]): Promise<Figures> {
  const sound = await SoundSystem.start(2);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: browserFlags,
    ignoreDefaultArgs: ['--mute-audio'],
    env: sound.environment(-1) as Record<string, string>,
  });
  const figures: Figures = {};
  try {
    for (const delayMs of delaysMs) {
      const page = await browser.newPage();
      await page.evaluate(playApart, delayMs);
      await pause(800);
      const recording = sound.record();
      await pause(4_000);
      const skews = skewOver(await recording.stop(), 0, 1, 250).map((sample) => sample.skewMs);
      figures[`${delayMs} ms injected reads, ms`] = median(skews);
      figures[`${delayMs} ms injected, spread, ms`] = Math.max(...skews) - Math.min(...skews);
      await page.close();
    }
  } finally {
    await browser.close();
    await sound.stop();
  }
  return figures;
}

/** Runs in the page: noise on the left, the same noise later on the right. */
async function playApart(delayMs: number): Promise<void> {
  const context = new AudioContext({ sampleRate: 48_000 });
  const buffer = context.createBuffer(1, context.sampleRate * 10, context.sampleRate);
  const samples = buffer.getChannelData(0);
  let low = 0;
  for (let i = 0; i < samples.length; i++) {
    low += 0.35 * (Math.random() * 2 - 1 - low);
    samples[i] = low * 0.3;
  }
  const source = new AudioBufferSourceNode(context, { buffer });
  const delay = new DelayNode(context, { delayTime: delayMs / 1_000, maxDelayTime: 1 });
  const sides = new ChannelMergerNode(context, { numberOfInputs: 2 });
  source.connect(sides, 0, 0);
  source.connect(delay).connect(sides, 0, 1);
  sides.connect(context.destination);
  source.start();
}
