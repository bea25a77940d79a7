import { describe, expect, it } from 'vitest';
import { OutputLatency } from './outputLatency';

function told(latency: OutputLatency, ...words: number[]): OutputLatency {
  for (const ms of words) latency.take(ms);
  return latency;
}

const often = (ms: number, times: number) => new Array<number>(times).fill(ms);

describe('the latency of an output', () => {
  it('is what a device says when it is opened, not what it says while it strays, and what it says once it came back', () => {
    const latency = told(
      new OutputLatency(),
      81,
      83,
      85,
      88,
      91,
      94,
      96,
      95,
      97,
      98,
      90,
      91,
      92,
      87,
      88,
      89,
      85,
      86,
      86,
      84,
    );
    expect(latency.ms).toBe(83);
    told(latency, ...often(82, 11), 60, ...often(82, 8));
    expect(latency.ms).toBe(82);
  });

  it('is believed within seconds where the device turns out to be another', () => {
    expect(told(new OutputLatency(), ...often(40, 4), ...often(200, 6)).ms).toBe(200);
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
    expect(told(new OutputLatency(80), 230, 230).ms).toBe(230);
  });

  it('is learnt anew when the device was changed', () => {
    const latency = told(new OutputLatency(80), ...often(80, 100), ...often(250, 40));
    expect(latency.ms).toBe(250);
  });

  it('outlasts a device that ran dry soon after it was opened and talks nonsense longer than sense', () => {
    const latency = told(new OutputLatency(), ...often(80, 34));
    latency.move(-4);
    expect(latency.ms).toBe(76);
    told(latency, 45, 47, 52, 60, 58, 66, 70, 71, 73, 69, 72, 74, 71, 73, 75, 72, 74, 76, 73, 75, ...often(78, 20));
    expect(latency.ms).toBe(80);
  });

  it('is another when a device that takes the sound later says so calmly', () => {
    const latency = told(new OutputLatency(), ...often(80, 34));
    latency.move(-9);
    expect(told(latency, ...often(71, 8)).ms).toBe(71);
  });

  it('grows where a device holds more of the sound, whatever it says while it still strays', () => {
    const latency = told(new OutputLatency(), 85, 85, 85, 83, 82);
    latency.move(10);
    expect(told(latency, 90, 91, 90, 92).ms).toBe(95);
  });

  it('is what it was after a device that fell back leaps ahead again while it is still doubted', () => {
    const latency = told(new OutputLatency(), ...often(80, 34));
    latency.move(-10);
    told(latency, 70);
    latency.move(10);
    expect(told(latency, ...often(80, 8)).ms).toBe(80);
  });

  it('is what a device says calmly for six seconds after it moved', () => {
    const latency = told(new OutputLatency(), ...often(85, 6));
    latency.move(-16);
    expect(told(latency, 79, ...often(77.5, 11)).ms).toBe(85);
    expect(told(latency, 77.5).ms).toBe(77.5);
  });

  it('is kept while a device is closed', () => {
    const latency = told(new OutputLatency(), ...often(80, 60));
    latency.reopen();
    expect(told(latency, 90).ms).toBe(80);
  });
});
