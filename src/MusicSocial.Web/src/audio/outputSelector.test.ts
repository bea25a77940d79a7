import { describe, expect, it } from 'vitest';
import type { SoloOutput } from '../timeline/output';
import { SimulatedOutput } from '../timeline/simulatedOutput';
import { OutputSelector } from './outputSelector';

const track = { trackId: 't', url: '/t' };

function output(exact: boolean) {
  const device = { ppm: 0, startLatencyMs: () => 0, seekLatencyMs: () => 0, jitterMs: () => 0, exact };
  return new SimulatedOutput(() => 0, device) as SimulatedOutput & SoloOutput;
}

function selector(offered: boolean | Promise<boolean>) {
  const elements = output(false);
  const chunks = output(true);
  return {
    elements,
    chunks,
    both: new OutputSelector(
      elements,
      () => chunks,
      () => offered,
    ),
  };
}

describe('the choice of an engine', () => {
  it('is chunks where the hub has them', () => {
    const { both, chunks, elements } = selector(true);
    both.load(track);
    expect(both.engine).toBe('chunks');
    expect(chunks.loads).toEqual(['t']);
    expect(elements.loads).toEqual([]);
  });

  it('is the media element where it has none, or the listener insists', () => {
    const none = selector(false);
    none.both.load(track);
    expect(none.both.engine).toBe('element');
    const insisting = selector(true);
    insisting.both.preferred = 'element';
    insisting.both.load(track);
    expect(insisting.both.engine).toBe('element');
  });

  it('is waited for, and a seek meanwhile is not lost', async () => {
    const { both, chunks } = selector(Promise.resolve(true));
    both.load(track);
    both.seek(7_000);
    expect(both.ready).toBe(false);
    expect(both.positionMs).toBe(7_000);
    await Promise.resolve();
    expect(chunks.truePositionMs).toBe(7_000);
    expect(both.ready).toBe(true);
  });

  it('falls back to the file when chunks break off', () => {
    const { both, chunks, elements } = selector(true);
    both.load(track);
    chunks.failed = true;
    both.load(track);
    expect(both.engine).toBe('element');
    expect(elements.loads).toEqual(['t']);
  });

  it('leaves songs as loud as others, but elements never louder than recorded', () => {
    const { both, chunks, elements } = selector(true);
    both.volume = 0.5;
    both.load(track);
    both.setGain(1.6);
    expect([elements.volume, chunks.volume]).toEqual([0.5, 0.8]);
    both.setGain(0.4);
    expect([elements.volume, chunks.volume]).toEqual([0.2, 0.2]);
    both.volume = 1;
    expect([elements.volume, chunks.volume]).toEqual([0.4, 0.4]);
    expect(both.volume).toBe(1);
  });

  it('is the first one’s silence when the second one speaks', () => {
    const { both, chunks, elements } = selector(true);
    elements.silent = false;
    void elements.play();
    both.load(track);
    expect(elements.silent).toBe(true);
    expect(elements.playing).toBe(false);
    both.setSilent(false, 0);
    expect(chunks.silent).toBe(false);
    expect(elements.silent).toBe(true);
  });
});
