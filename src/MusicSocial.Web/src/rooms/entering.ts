import type { AskForTopic } from '../topics/stream';
import type { Hub } from '../wire/hub';

/**
 * How a user enters a room, the first time and after every lost connection: membership first, then the topic from the last
 * position. Following alone would bring the room's events back but not the membership, once the hub has dropped it.
 */
export function entering(hub: Pick<Hub, 'joinRoom' | 'follow'>, roomId: string, password?: string): AskForTopic {
  return async (since) => {
    const joined = await hub.joinRoom(roomId, password ?? null);
    return since === null ? joined : hub.follow(`room:${roomId}`, since);
  };
}
