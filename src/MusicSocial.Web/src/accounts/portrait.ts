/** Up to two letters that stand for a name; whole characters, so that no script is cut in half. */
export function initialsOf(displayName: string): string {
  const words = displayName.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A colour that is always the same for a user; dark enough for white letters on it. */
export function avatarColour(id: string): string {
  let hash = 2_166_136_261;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return `hsl(${(hash >>> 0) % 360} 52% 28%)`;
}
