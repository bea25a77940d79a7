import type { Knock, KnockDecision, TopicEvent } from '../wire/contract';

/** Those who wait to be let into a room, after one event of the user's own topic. Applying an event twice is the same as once. */
export function knocksAfter(waiting: readonly Knock[], roomId: string, event: TopicEvent): readonly Knock[] {
  if (event.type === 'knock') {
    const knock = event.data as Knock;
    if (knock.roomId !== roomId || waiting.some((known) => known.user.id === knock.user.id)) return waiting;
    return [...waiting, knock];
  }
  if (event.type === 'knock.answered') {
    const { roomId: where, userId } = event.data as KnockDecision;
    return where === roomId ? waiting.filter((knock) => knock.user.id !== userId) : waiting;
  }
  return waiting;
}
