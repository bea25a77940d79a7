import { describe, expect, it } from 'vitest';
import { dialNodes, type HubSocket } from './socket';

const noToken = async () => undefined;

function setUp(nodes: string[], random: number) {
  const dialled: string[] = [];
  const timeouts: number[] = [];
  const dial = dialNodes(
    noToken,
    nodes,
    (_, path, timeoutMs) => {
      dialled.push(path);
      timeouts.push(timeoutMs);
      return {} as HubSocket;
    },
    () => random,
  );
  return { dial, dialled, timeouts };
}

describe('the nodes of a hub', () => {
  it('are dialled in turn, from a random one on', () => {
    const { dial, dialled } = setUp(['https://a', 'https://b', 'https://c'], 0.5);
    for (let i = 0; i < 4; i++) dial();
    expect(dialled).toEqual(['https://b/hub', 'https://c/hub', 'https://a/hub', 'https://b/hub']);
  });

  it('may be one, the page itself', () => {
    const { dial, dialled } = setUp([''], 0.99);
    dial();
    dial();
    expect(dialled).toEqual(['/hub', '/hub']);
  });

  it('are given up soon where there is another to try, and waited for where there is none', () => {
    const several = setUp(['https://a', 'https://b'], 0);
    several.dial();
    expect(several.timeouts).toEqual([2_000]);
    const only = setUp([''], 0);
    only.dial();
    expect(only.timeouts).toEqual([15_000]);
  });
});
