import type { Page, WebSocketRoute } from '@playwright/test';
import { quiet } from './api.ts';
import { commentsOf, friendsOf, me, now, people, roomOf } from './world.ts';

const end = '\u001e';

export interface FakeHub {
  /** Sends a hub message to the page as the server would. */
  send(target: string, message: unknown): void;
  /** Refuses the next call of this method. */
  refuse(method: string, refusal: { code: string; kind: string; message: string; retryAfterMs?: number }): void;
  /** The arguments of every call of this method so far. */
  calls(method: string): unknown[][];
  /** Closes the connection and accepts no other. */
  goAway(): Promise<void>;
  /** Accepts connections again. */
  comeBack(): void;
}

/** Answers the page's hub connection from the faked world. */
export async function answerHub(page: Page): Promise<FakeHub> {
  const refusals = new Map<string, object>();
  const calls: { method: string; args: unknown[] }[] = [];
  let socket: WebSocketRoute | undefined;
  let away = false;

  await page.routeWebSocket(/\/hub/, (opened) => {
    if (away) return void opened.close({ code: 1006 as never }).catch(() => {});
    socket = opened;
    opened.onMessage((data) => {
      for (const text of String(data).split(end).filter(Boolean)) {
        const message = JSON.parse(text) as { type?: number; invocationId?: string; target?: string; arguments?: unknown[] };
        if (message.type === undefined) opened.send(`{}${end}`);
        if (message.type === 1 && message.invocationId !== undefined) {
          calls.push({ method: message.target ?? '', args: message.arguments ?? [] });
          const refusal = refusals.get(message.target ?? '');
          refusals.delete(message.target ?? '');
          const outcome = refusal
            ? { error: `An unexpected error occurred invoking '${message.target}' on the server. HubException: ${JSON.stringify(refusal)}` }
            : { result: resultOf(message.target ?? '', message.arguments ?? []) };
          opened.send(JSON.stringify({ type: 3, invocationId: message.invocationId, ...outcome }) + end);
        }
      }
    });
  });

  return {
    send: (target, message) => socket?.send(JSON.stringify({ type: 1, target, arguments: [message] }) + end),
    calls: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
    refuse: (method, refusal) => refusals.set(method, refusal),
    async goAway() {
      away = true;
      await socket?.close().catch(() => {});
    },
    comeBack() {
      away = false;
    },
  };
}

const followed = (topic: string, snapshot: unknown) => ({
  topic,
  position: { epoch: 'e1', offset: 0 },
  recovered: false,
  events: [],
  snapshot,
});

function resultOf(method: string, args: unknown[]): unknown {
  if (method === 'Clock') return { clientMs: args[0], hubMs: now() };
  if (method === 'JoinRoom') {
    const room = args[0] === quiet.id || args[0] === quiet.code ? roomOf(quiet) : roomOf();
    return followed(`room:${room.id}`, room);
  }
  if (method === 'Follow') {
    const topic = String(args[0]);
    if (args[1]) return { topic, position: args[1], recovered: true, events: [] };
    const [kind, id = ''] = topic.split(':');
    if (kind === 'user') return followed(topic, friendsOf().find((friend) => friend.user.id === id)?.nowPlaying ?? null);
    if (kind === 'track') return followed(topic, { comments: commentsOf(id), total: commentsOf(id).length });
    return followed(topic, { items: [{ id: 'n1', type: 'invitation', atMs: now() - 60_000, read: false, data: { from: people[0], room: { id: 'r1', code: 'TUNE42', name: 'Sunday morning' } } }], unread: 1 });
  }
  if (method === 'PostComment') {
    const draft = args[0] as { trackId: string; text: string; positionMs: number | null };
    return { id: `mine-${now()}`, author: me, createdAtMs: now(), likes: 0, likedByMe: false, deleted: false, ...draft };
  }
  return null;
}
