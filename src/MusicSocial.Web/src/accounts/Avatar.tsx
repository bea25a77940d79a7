import type { JSX } from 'solid-js';
import type { User } from '../wire/contract';
import { avatarColour, initialsOf } from './portrait';

export function Avatar(props: { user: User; size?: 'tiny' | 'big' }): JSX.Element {
  return (
    <span
      class={`avatar ${props.size ?? ''}`}
      aria-hidden="true"
      style={{ 'background-color': avatarColour(props.user.id) }}
    >
      {initialsOf(props.user.displayName)}
    </span>
  );
}
