import { expect, test } from 'vitest';
import type { Knock } from '../wire/contract';
import { knocksAfter } from './knocks';

const knock = (id: string, roomId = 'r1') =>
  ({ roomId, user: { id, handle: id, displayName: id, guest: true }, untilMs: 9 }) as Knock;
const event = (type: string, data: unknown) => ({ offset: 1, type, atMs: 1, data });

test('a knock is listed once and goes when it was answered', () => {
  const once = knocksAfter([], 'r1', event('knock', knock('ann')));
  const twice = knocksAfter(once, 'r1', event('knock', knock('ann')));
  expect(twice.map((one) => one.user.id)).toEqual(['ann']);
  expect(knocksAfter(twice, 'r1', event('knock.answered', { roomId: 'r1', userId: 'ann', allowed: false }))).toEqual(
    [],
  );
});

test('other rooms and other events change nothing', () => {
  const waiting = [knock('ann')];
  expect(knocksAfter(waiting, 'r1', event('knock', knock('ben', 'r2')))).toBe(waiting);
  expect(knocksAfter(waiting, 'r1', event('knock.answered', { roomId: 'r2', userId: 'ann', allowed: true }))).toBe(
    waiting,
  );
  expect(knocksAfter(waiting, 'r1', event('mention', {}))).toBe(waiting);
});
