import { createSignal, type JSX, Show } from 'solid-js';
import { Avatar } from '../accounts/Avatar';
import { PersonMenu } from '../friends/PersonMenu';
import { useApp } from '../shell/app';
import { Icon } from '../shell/Icon';
import { links } from '../shell/router';
import { agoText, clockText } from '../shell/time';
import type { Comment } from '../wire/contract';
import { longestComment } from './commentText';
import type { Thread } from './thread';

export interface CommentItemProps {
  comment: Comment;
  parent: Comment | undefined;
  thread: Thread;
  onReply: () => void;
  onSeek: (positionMs: number) => void;
}

export function CommentItem(props: CommentItemProps): JSX.Element {
  const { clock, account } = useApp();
  const [editing, setEditing] = createSignal(false);
  const author = () => props.comment.author;
  return (
    <article class="comment" data-comment={props.comment.id} aria-label={`Comment by ${author().displayName}`}>
      <a href={links.profile(author().handle)} aria-label={author().displayName} tabindex="-1">
        <Avatar user={author()} />
      </a>
      <div class="grow">
        <p class="row small">
          <a class="plain ellipsis name" href={links.profile(author().handle)}>
            {author().displayName}
          </a>
          <Show when={typeof props.comment.positionMs === 'number' && !props.comment.deleted}>
            <button
              type="button"
              class="chip time"
              aria-label={`Go to ${clockText(props.comment.positionMs ?? 0)}`}
              onClick={() => props.onSeek(props.comment.positionMs ?? 0)}
            >
              {clockText(props.comment.positionMs ?? 0)}
            </button>
          </Show>
          <span class="dim ellipsis">
            {agoText(props.comment.createdAtMs, clock.now())}
            {props.comment.editedAtMs && !props.comment.deleted ? ' · edited' : ''}
          </span>
        </p>
        <Show when={props.comment.parentId}>
          <p class="quote small ellipsis">
            <Icon name="reply" size={13} />
            <span class="ellipsis">
              {props.parent ? `${props.parent.author.displayName}: ${props.parent.text || 'deleted'}` : 'a reply'}
            </span>
          </p>
        </Show>
        <Show
          when={!editing()}
          fallback={<EditForm comment={props.comment} thread={props.thread} onDone={() => setEditing(false)} />}
        >
          <p class="comment-text" dir="auto" classList={{ dim: props.comment.deleted }}>
            {props.comment.deleted ? 'This comment was deleted.' : props.comment.text}
          </p>
        </Show>
        <Show when={!props.comment.deleted && account.user() && !editing()}>
          <Actions {...props} mine={author().id === account.user()?.id} onEdit={() => setEditing(true)} />
        </Show>
      </div>
    </article>
  );
}

function Actions(props: CommentItemProps & { mine: boolean; onEdit: () => void }): JSX.Element {
  const name = () => props.comment.author.displayName;
  return (
    <p class="comment-actions">
      <button
        type="button"
        class="act"
        aria-pressed={props.comment.likedByMe}
        aria-label={`Like the comment of ${name()}, ${props.comment.likes} likes`}
        onClick={() => void props.thread.toggleLike(props.comment)}
      >
        <Icon name="heart" size={15} />
        <span class="num">{props.comment.likes || ''}</span>
      </button>
      <button type="button" class="act" aria-label={`Reply to ${name()}`} onClick={() => props.onReply()}>
        <Icon name="reply" size={15} />
      </button>
      <Show when={!props.mine}>
        <PersonMenu
          user={props.comment.author}
          report={{ kind: 'comment', id: props.comment.id }}
          onChange={() => void props.thread.reload()}
        />
      </Show>
      <Show when={props.mine}>
        <button type="button" class="act" aria-label="Edit" onClick={() => props.onEdit()}>
          <Icon name="edit" size={15} />
        </button>
        <button type="button" class="act" aria-label="Delete" onClick={() => void props.thread.remove(props.comment)}>
          <Icon name="bin" size={15} />
        </button>
      </Show>
    </p>
  );
}

function EditForm(props: { comment: Comment; thread: Thread; onDone: () => void }): JSX.Element {
  return (
    <form
      class="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get('text')).trim();
        if (text && text !== props.comment.text) void props.thread.edit(props.comment, text);
        props.onDone();
      }}
      onKeyDown={(event) => event.key === 'Escape' && props.onDone()}
    >
      <textarea
        class="input"
        name="text"
        aria-label="Edit your comment"
        rows="2"
        maxlength={longestComment * 2}
        ref={(area) => queueMicrotask(() => area.focus())}
      >
        {props.comment.text}
      </textarea>
      <p class="row">
        <button type="submit" class="button primary">
          Save
        </button>
        <button type="button" class="button quiet" onClick={() => props.onDone()}>
          Cancel
        </button>
      </p>
    </form>
  );
}
