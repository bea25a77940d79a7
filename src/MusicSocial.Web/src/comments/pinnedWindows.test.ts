import { describe, expect, it } from 'vitest';
import type { Comment } from '../wire/contract';
import { PinnedWindows } from './pinnedWindows';

const at = (positionMs: number, id = `c${positionMs}`) => ({ id, positionMs, createdAtMs: 0 }) as Comment;
const ids = (windows: PinnedWindows) => windows.comments.map(({ id }) => id);

describe('the pinned comments around a position', () => {
  it('are read minute by minute, the next one ahead of time, each once', () => {
    const windows = new PinnedWindows();
    expect(windows.missingAt(30_000)).toEqual([0]);
    expect(windows.missingAt(52_000)).toEqual([1]);
    expect(windows.missingAt(61_000)).toEqual([]);
  });

  it('are shown once, whether they were read or came live first', () => {
    const windows = new PinnedWindows();
    windows.missingAt(5_000);
    windows.add(at(9_000));
    windows.put(0, [at(5_000), at(9_000)]);
    expect(ids(windows)).toEqual(['c9000', 'c5000']);
  });

  it('do not add up in memory over an evening of repeats', () => {
    const windows = new PinnedWindows();
    for (let n = 0; n < 2_000; n++) {
      const positionMs = (n * 1_000) % 240_000;
      for (const window of windows.missingAt(positionMs)) windows.put(window, [at(window * 60_000, `w${window}`)]);
      for (let k = 0; k < 10; k++) windows.add(at(positionMs, `live${n}-${k}`));
    }
    expect(windows.comments.length).toBeLessThanOrEqual(3 * 200);
  });

  it('far behind are read again when the song comes back to them', () => {
    const windows = new PinnedWindows();
    windows.missingAt(0);
    windows.put(0, [at(1_000)]);
    expect(windows.missingAt(200_000)).toEqual([3]);
    expect(ids(windows)).toEqual([]);
    expect(windows.missingAt(0)).toEqual([0]);
  });

  it('that come live for another minute are left to the page of that minute', () => {
    const windows = new PinnedWindows();
    windows.missingAt(0);
    windows.add(at(200_000));
    expect(ids(windows)).toEqual([]);
  });
});
