import { describe, expect, it } from 'vitest';
import { OutputLatency } from './outputLatency';

function told(latency: OutputLatency, ...words: number[]): OutputLatency {
  for (const ms of words) latency.take(ms);
  return latency;
}

const often = (ms: number, times: number) => new Array<number>(times).fill(ms);

describe('the latency of an output', () => {
  it('is at first what the device says, and the median of what it said once it has settled', () => {
    const latency = told(new OutputLatency(), ...often(90, 20));
    expect(latency.ms).toBe(90);
    told(latency, ...often(80, 11), 60, ...often(80, 8));
    expect(latency.ms).toBe(80);
  });

  it('outlasts a device that talks nonsense for seconds', () => {
    const latency = told(new OutputLatency(), ...often(80, 60), 45, 47, 50, 55, 61, 66, 70, 108, 102);
    expect(latency.ms).toBe(80);
  });

  it('is remembered, and said so while it is learnt', () => {
    const learnt: number[] = [];
    told(new OutputLatency(undefined, (ms) => learnt.push(ms)), ...often(80, 120));
    expect(learnt).toEqual([80, 80]);
    expect(told(new OutputLatency(80), 90, 88, 87).ms).toBe(80);
  });

  it('is not another device’s', () => {
    expect(told(new OutputLatency(80), 230, 231).ms).toBe(230);
  });

  it('is learnt anew when the device was changed', () => {
    const latency = told(new OutputLatency(80), ...often(80, 100), ...often(250, 40));
    expect(latency.ms).toBe(250);
  });

  it('outlasts a device that ran dry soon after it was opened and talks nonsense longer than sense', () => {
    const latency = told(new OutputLatency(), ...often(80, 34));
    latency.move(-4);
    expect(latency.ms).toBe(76);
    told(latency, 45, 47, 52, 60, 58, 66, 70, ...often(71, 13), ...often(78, 20));
    expect(latency.ms).toBe(80);
  });

  it('is another when a device that takes the sound later says so calmly', () => {
    const latency = told(new OutputLatency(), ...often(80, 34));
    latency.move(-9);
    expect(told(latency, ...often(71, 8)).ms).toBe(71);
  });

  it('is kept while a device is closed', () => {
    const latency = told(new OutputLatency(), ...often(80, 60));
    latency.reopen();
    expect(told(latency, 90).ms).toBe(80);
  });
});
