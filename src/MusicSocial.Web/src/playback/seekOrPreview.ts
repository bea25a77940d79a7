import type { Player } from './player';

/** Goes to a chosen moment: by seeking for a listener who is alone or controls the room, otherwise as a preview. */
export function seekOrPreview(
  player: Pick<Player, 'source' | 'seek' | 'preview'>,
  controlsRoom: boolean,
  positionMs: number,
): void {
  const { kind } = player.source();
  if (kind === 'solo' || (kind === 'room' && controlsRoom)) player.seek(positionMs);
  else player.preview(positionMs);
}
