import type { ReportReason } from '../../wire/contract';

/** What can be wrong with a version, in the order in which it is offered. */
export const reasons: readonly [ReportReason, string][] = [
  ['badTiming', 'The times are wrong'],
  ['wrongSong', 'Words of another song'],
  ['offensive', 'Offensive'],
  ['spam', 'Advertising or noise'],
  ['other', 'Something else'],
];

export const reasonText = (reason: ReportReason): string => reasons.find(([key]) => key === reason)?.[1] ?? reason;
