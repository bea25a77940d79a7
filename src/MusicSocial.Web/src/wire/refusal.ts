import { type RefusalKind, retriableKinds } from './records';

/** A call the server declined: a stable code and kind, a sentence for people, and sometimes when to try again. */
export class Refusal extends Error {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly retryAfterMs: number | undefined;
  readonly line: number | undefined;

  constructor(code: string, kind: RefusalKind, message: string, retryAfterMs?: number, line?: number) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.line = line;
  }
}

interface RefusalBody {
  code?: unknown;
  kind?: unknown;
  message?: unknown;
  detail?: unknown;
  title?: unknown;
  retryAfterMs?: unknown;
  line?: unknown;
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

// What the body does not say: the code and kind of an answer that is no refusal.
interface Fallback {
  code: string;
  kind: RefusalKind;
}

function fromBody(body: RefusalBody, fallback: Fallback): Refusal {
  const message = text(body.message) ?? text(body.detail) ?? text(body.title) ?? 'That did not work.';
  return new Refusal(
    text(body.code) ?? fallback.code,
    (text(body.kind) as RefusalKind) ?? fallback.kind,
    message,
    number(body.retryAfterMs),
    number(body.line),
  );
}

// The hub masks what is not a refusal; the same call may succeed later.
const failed: Fallback = { code: 'hub.failed', kind: 'unavailable' };

/** SignalR wraps a HubException in its own sentence, so the JSON object starts somewhere inside the message. */
export function refusalFromHub(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const message = error instanceof Error ? error.message : String(error);
  const start = message.indexOf('{');
  if (start >= 0) {
    try {
      return fromBody(JSON.parse(message.slice(start)) as RefusalBody, { code: failed.code, kind: 'invalid' });
    } catch {
      // Not a refusal of the hub: fall through to the general answer.
    }
  }
  return new Refusal(failed.code, failed.kind, 'The server could not do that just now.');
}

export async function refusalFromResponse(response: Response): Promise<Refusal> {
  const bare: Fallback = { code: `http.${response.status}`, kind: kindOf(response.status) };
  try {
    return fromBody((await response.json()) as RefusalBody, bare);
  } catch {
    return new Refusal(bare.code, bare.kind, sentenceFor(response.status));
  }
}

// Of an answer without a body of ours: a proxy whose node is away, mostly.
function kindOf(status: number): RefusalKind {
  if (status === 401) return 'unauthenticated';
  if (status === 404) return 'notFound';
  return status >= 502 && status <= 504 ? 'unavailable' : 'invalid';
}

/** Whether to try again later instead of giving up: the one rule for topics, rooms and pages. */
export const isTransient = (refusal: Refusal): boolean => retriableKinds.includes(refusal.kind);

export const isRefusal = (error: unknown, code?: string): error is Refusal =>
  error instanceof Refusal && (code === undefined || error.code === code);

function sentenceFor(status: number): string {
  if (status === 401) return 'Please sign in first.';
  if (status === 404) return 'That does not exist, or not any more.';
  if (status === 429) return 'A little slower, please.';
  return 'The server could not do that just now.';
}
