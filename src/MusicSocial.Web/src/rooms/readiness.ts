import type { Player } from '../playback/player';
import type { Room } from '../wire/contract';
import type { Hub } from '../wire/hub';

/** The follower has tried twice by then: a track that still fails is not the network's fault. */
const givesUpAfterMs = 5_000;

/** Reports to the room, once per item, that this device has the track at hand where the room waits for that, or that it cannot play it. */
export class Readiness {
  private readyFor: string | undefined;
  private unableFor: string | undefined;
  private failedSinceMs = Number.NaN;

  constructor(
    private readonly hub: Pick<Hub, 'ready' | 'cannotPlay'>,
    private readonly player: Pick<Player, 'prepared' | 'state'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Checks once; call it a few times a second while in a room. */
  check(room: Room | undefined, userId: string | undefined): void {
    const itemId = room?.timeline.itemId;
    if (!room || !itemId || !userId) return;
    if (room.waiting?.userIds.includes(userId)) this.tellReady(room.id, itemId);
    this.tellUnable(room.id, itemId);
  }

  private tellReady(roomId: string, itemId: string): void {
    if (this.readyFor === itemId || !this.player.prepared()) return;
    this.readyFor = itemId;
    // The room waits for this member until its limit; there is nothing to show.
    this.hub.ready(roomId, itemId).catch(() => {
      this.readyFor = undefined;
    });
  }

  private tellUnable(roomId: string, itemId: string): void {
    const fails =
      this.player.state() === 'failed' || (this.player.state() === 'loading' && !Number.isNaN(this.failedSinceMs));
    if (!fails) this.failedSinceMs = Number.NaN;
    else if (Number.isNaN(this.failedSinceMs)) this.failedSinceMs = this.now();
    if (this.unableFor === itemId || !(this.now() - this.failedSinceMs > givesUpAfterMs)) return;
    this.unableFor = itemId;
    this.hub.cannotPlay(roomId, itemId).catch(() => {
      this.unableFor = undefined;
    });
  }
}
