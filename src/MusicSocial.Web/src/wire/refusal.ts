/** A call the server declined: a stable code, a sentence for people, and sometimes when to try again. */
export class Refusal extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  readonly line: number | undefined;

  constructor(code: string, message: string, retryAfterMs?: number, line?: number) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.line = line;
  }
}

interface RefusalBody {
  code?: unknown;
  message?: unknown;
  detail?: unknown;
  title?: unknown;
  retryAfterMs?: unknown;
  line?: unknown;
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function fromBody(body: RefusalBody, fallback: string): Refusal {
  const message = text(body.message) ?? text(body.detail) ?? text(body.title) ?? 'That did not work.';
  return new Refusal(text(body.code) ?? fallback, message, number(body.retryAfterMs), number(body.line));
}

/** SignalR wraps a HubException in its own sentence, so the JSON object starts somewhere inside the message. */
export function refusalFromHub(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const message = error instanceof Error ? error.message : String(error);
  const start = message.indexOf('{');
  if (start >= 0) {
    try {
      return fromBody(JSON.parse(message.slice(start)) as RefusalBody, 'hub.failed');
    } catch {
      // Not a refusal of the hub: fall through to the general answer.
    }
  }
  return new Refusal('hub.failed', 'The server could not do that just now.');
}

export async function refusalFromResponse(response: Response): Promise<Refusal> {
  try {
    return fromBody((await response.json()) as RefusalBody, `http.${response.status}`);
  } catch {
    return new Refusal(`http.${response.status}`, sentenceFor(response.status));
  }
}

/** Refusals of the moment: they say nothing about the call or the user, and the same call succeeds later. */
const transientCodes = new Set([
  'hub.unavailable',
  'hub.draining',
  'server.busy',
  'rate.limited',
  // Made by this client: the connection is gone, or the server failed in a way it does not describe.
  'hub.disconnected',
  'hub.failed',
  'network.unreachable',
]);

/** Whether to try again later instead of giving up: the one rule for topics, rooms and pages. */
export const isTransient = (refusal: Refusal): boolean => transientCodes.has(refusal.code);

export const isRefusal = (error: unknown, code?: string): error is Refusal =>
  error instanceof Refusal && (code === undefined || error.code === code);

function sentenceFor(status: number): string {
  if (status === 401) return 'Please sign in first.';
  if (status === 404) return 'That does not exist, or not any more.';
  if (status === 429) return 'A little slower, please.';
  return 'The server could not do that just now.';
}
