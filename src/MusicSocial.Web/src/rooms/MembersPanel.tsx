import { createMemo, For, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { useApp } from '../shell/app';
import { links } from '../shell/router';
import type { Member, Role } from '../wire/contract';
import { ModerateButton } from './ModerateButton';

const roleNames: Record<Role, string> = { host: 'Host', dj: 'DJ', listener: 'Listener' };
const rank: Record<Role, number> = { host: 0, dj: 1, listener: 2 };

export function MembersPanel(): JSX.Element {
  const { room } = useApp();
  const sorted = createMemo(() =>
    [...(room.room()?.members ?? [])].sort(
      (a, b) => rank[a.role] - rank[b.role] || a.user.displayName.localeCompare(b.user.displayName),
    ),
  );
  const unlisted = () =>
    Math.max(0, (room.room()?.listeners ?? 0) - sorted().filter((member) => member.connected).length);
  return (
    <div class="sheet-body">
      <div class="scroll">
        <ul>
          <For each={sorted()}>{(member) => <MemberRow member={member} />}</For>
        </ul>
        <Show when={unlisted() > 0}>
          <p class="blank small">and {unlisted()} more listening</p>
        </Show>
      </div>
    </div>
  );
}

function MemberRow(props: { member: Member }): JSX.Element {
  const { account, room } = useApp();
  const isMe = () => props.member.user.id === account.user()?.id;
  const name = () => props.member.user.displayName;
  return (
    <li class="friend" classList={{ gone: !props.member.connected }}>
      <a class="friend-who" href={links.profile(props.member.user.handle)}>
        <Avatar user={props.member.user} />
        <span class="grow">
          <strong class="ellipsis">
            {name()}
            {isMe() ? ' (you)' : ''}
          </strong>
          <span class="dim small">
            {roleNames[props.member.role]}
            {props.member.connected ? '' : ' · away'}
          </span>
        </span>
      </a>
      <Show when={room.permissions()?.manage && !isMe()}>
        <select
          class="select"
          aria-label={`Role of ${name()}`}
          value={props.member.role}
          onChange={(event) =>
            void room.command((hub, id) => hub.setRole(id, props.member.user.id, event.currentTarget.value as Role))
          }
        >
          <For each={Object.entries(roleNames)}>{([role, label]) => <option value={role}>{label}</option>}</For>
        </select>
      </Show>
      <ModerateButton user={props.member.user} />
    </li>
  );
}
