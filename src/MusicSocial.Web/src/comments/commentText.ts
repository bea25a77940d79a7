export const longestComment = 500;

/** Length as the server counts it: code points, not UTF-16 units. */
export const lengthOf = (text: string) => [...text].length;

export interface Pin {
  positionMs: number;
}

/** The pin is the position at which typing began, not where it ended: that is what the comment is about. */
export function pinFor(text: string, pin: Pin | undefined, positionMs: number | undefined): Pin | undefined {
  if (text.trim() === '') return undefined;
  if (pin !== undefined) return pin;
  return positionMs === undefined ? undefined : { positionMs: Math.max(0, Math.round(positionMs)) };
}
