import type { Player } from './player';

/** Hears a chosen moment of what plays: alone and with control of the room by going there, otherwise as a preview for oneself. */
export function seekOrPreview(
  player: Pick<Player, 'source' | 'seek' | 'preview'>,
  controlsRoom: boolean,
  positionMs: number,
): void {
  const { kind } = player.source();
  if (kind === 'solo' || (kind === 'room' && controlsRoom)) player.seek(positionMs);
  else player.preview(positionMs);
}
