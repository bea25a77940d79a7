import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { Icon } from '../shell/Icon';
import type { Comment, CommentOrder } from '../wire/contract';
import { Announcer } from './Announcer';
import { CommentItem } from './CommentItem';
import { Composer } from './Composer';
import type { Thread } from './thread';
import './comments.css';

const orders: Record<CommentOrder, string> = {
  newest: 'Newest',
  oldest: 'Oldest',
  position: 'By moment',
  hot: 'Most liked',
};

export interface CommentsPanelProps {
  thread: Thread;
  trackId: string;
  roomId: string | undefined;
  /** Where the song is while this track is heard; undefined pins nothing. */
  positionMs: () => number | undefined;
  onSeek: (positionMs: number) => void;
}

export function CommentsPanel(props: CommentsPanelProps): JSX.Element {
  let list!: HTMLDivElement;
  const [replyTo, setReplyTo] = createSignal<Comment>();
  createEffect(
    on(
      () => props.trackId,
      () => setReplyTo(undefined),
      { defer: true },
    ),
  );
  const parentOf = (comment: Comment) => props.thread.comments().find((other) => other.id === comment.parentId);

  return (
    <div class="sheet-body comments">
      <div class="comments-head">
        <span class="small dim num">
          {props.thread.total() === 1 ? '1 comment' : `${props.thread.total()} comments`}
          <Show when={props.thread.sample()}>
            {(sample) => ` · ${sample().shown} of the last ${sample().total} shown`}
          </Show>
        </span>
        <select
          class="select"
          aria-label="Order of comments"
          value={props.thread.order()}
          onChange={(event) => props.thread.setOrder(event.currentTarget.value as CommentOrder)}
        >
          <For each={Object.entries(orders)}>{([order, name]) => <option value={order}>{name}</option>}</For>
        </select>
      </div>
      <div class="scroll" ref={list} onScroll={() => props.thread.setAtTop(list.scrollTop < 40)}>
        <div role="log" aria-live="off" aria-label="Comments" tabindex="0">
          <For each={props.thread.comments()}>
            {(comment) => (
              <CommentItem
                comment={comment}
                parent={parentOf(comment)}
                thread={props.thread}
                onReply={() => setReplyTo(comment)}
                onSeek={props.onSeek}
              />
            )}
          </For>
        </div>
        <Show when={!props.thread.loading() && props.thread.comments().length === 0}>
          <div class="blank">
            <Icon name="chat" size={30} />
            <h3>No comments yet</h3>
            <p class="small">Write the first comment: it stays on the second you wrote it at.</p>
          </div>
        </Show>
        <Show when={props.thread.more()}>
          <p class="more">
            <button
              type="button"
              class="button"
              disabled={props.thread.loading()}
              onClick={() => void props.thread.loadMore()}
            >
              Load earlier
            </button>
          </p>
        </Show>
      </div>
      <Show when={props.thread.fresh() > 0}>
        <button
          type="button"
          class="button primary new-pill"
          onClick={() => {
            props.thread.showFresh();
            list.scrollTo({ top: 0, behavior: 'smooth' });
          }}
        >
          {props.thread.fresh()} new
        </button>
      </Show>
      <Announcer latest={props.thread.latest} />
      <Composer
        thread={props.thread}
        trackId={props.trackId}
        roomId={props.roomId}
        positionMs={props.positionMs}
        replyTo={replyTo()}
        onReplyDone={() => setReplyTo(undefined)}
      />
    </div>
  );
}
