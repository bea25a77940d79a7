import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChunkScheduler } from './chunkScheduler';
import type { ChunkStore } from './chunkStore';
import { SimulatedContext, SimulatedGain, SimulatedSource } from './simulatedContext';

const chunks = { chunkMs: 2_000, prerollMs: 100, count: 100, durationMs: 200_000 };

function sounding(positionMs = 0) {
  const context = new SimulatedContext();
  const store = {
    trackId: 't',
    chunks,
    want: () => {},
    indexAt: (ms: number) => Math.min(99, Math.max(0, Math.floor(ms / chunks.chunkMs))),
    get: (index: number) => ({ index }),
  } as unknown as ChunkStore;
  const line = { at: 0.1, positionMs, rate: 1 };
  const scheduler = new ChunkScheduler(context as unknown as AudioContext, store, {} as AudioNode, line);
  const run = (seconds: number, each: () => void, everyS = 0.1) => {
    for (const end = context.currentTime + seconds; context.currentTime < end; context.currentTime += everyS) each();
  };
  return { context, scheduler, run };
}

/** The quietest and loudest moment. */
function range(context: SimulatedContext, fromS: number, toS: number): [number, number] {
  const levels: number[] = [];
  for (let at = fromS; at < toS; at += 0.001) levels.push(context.loudnessAt(at));
  return [Math.min(...levels), Math.max(...levels)];
}

describe('a scheduler', () => {
  beforeEach(() => {
    vi.stubGlobal('AudioBufferSourceNode', SimulatedSource);
    vi.stubGlobal('GainNode', SimulatedGain);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is as loud as recorded from the first chunk to the last, over every join', () => {
    const { context, scheduler, run } = sounding(700);
    run(20, () => scheduler.pump());
    const [least, most] = range(context, 0.2, 19);
    expect(least).toBeGreaterThan(0.98);
    expect(most).toBeLessThan(1.02);
  });

  it('stays so while it is steered ten times a second', () => {
    const { context, scheduler, run } = sounding(700);
    scheduler.pump();
    let step = 0;
    run(20, () => scheduler.bend(1 + 2e-4 * Math.sin(step++)));
    const [least, most] = range(context, 0.2, 19);
    expect(least).toBeGreaterThan(0.45);
    expect(most).toBeLessThan(1.3);
    const quiet = Array.from({ length: 18_800 }, (_, at) => context.loudnessAt(0.2 + at / 1_000)).filter(
      (level) => level < 0.9,
    );
    expect(quiet.length).toBeLessThan(150);
  });

  it('fades out when it is left', () => {
    const { context, scheduler, run } = sounding();
    run(1, () => scheduler.pump());
    scheduler.leave(1.5);
    expect(context.loudnessAt(1.49)).toBeCloseTo(1, 1);
    expect(context.loudnessAt(1.52)).toBe(0);
  });
});
