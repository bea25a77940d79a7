import type { AskForTopic } from '../topics/stream';
import type { Hub } from '../wire/hub';

/**
 * How a person comes into a room, the first time and after every lost connection: membership first, then the topic from where
 * they stand. Following alone would bring the room back but not the person, once the server no longer counts them in.
 */
export function entering(hub: Pick<Hub, 'joinRoom' | 'follow'>, roomId: string, password?: string): AskForTopic {
  return async (since) => {
    const joined = await hub.joinRoom(roomId, password ?? null);
    return since === null ? joined : hub.follow(`room:${roomId}`, since);
  };
}
