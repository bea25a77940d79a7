import { basePath } from './basePath';
import { Refusal, refusalFromResponse } from './refusal';

/** Gives the access token to send, refreshed when it is about to expire; undefined when no user is signed in. */
export type TokenSource = () => Promise<string | undefined>;

export type Query = Record<string, string | number | null | undefined>;

/** The HTTP half of the wire: JSON in and out, refusals thrown as `Refusal`. */
export class Http {
  constructor(
    private readonly token: TokenSource,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  get<T>(path: string, query?: Query): Promise<T> {
    return this.call<T>('GET', withQuery(path, query));
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  put<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('PUT', path, body);
  }

  patch<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('PATCH', path, body);
  }

  delete<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('DELETE', path, body);
  }

  /** Bytes as they are (a lyrics file); the server reads format and encoding from the query. */
  putBytes<T>(path: string, bytes: Blob, query?: Query): Promise<T> {
    return this.call<T>('PUT', withQuery(path, query), bytes);
  }

  /** Bytes as they come: a picture. */
  async getBytes(path: string, query?: Query): Promise<Blob> {
    return (await this.answer('GET', withQuery(path, query))).blob();
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await (await this.answer(method, path, body)).text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async answer(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' });
    const token = await this.token();
    if (token) headers.set('authorization', `Bearer ${token}`);
    const raw = body instanceof Blob;
    if (body !== undefined) headers.set('content-type', raw ? 'application/octet-stream' : 'application/json');

    let response: Response;
    try {
      const payload = body === undefined ? null : raw ? body : JSON.stringify(body);
      response = await this.send(basePath + path, { method, headers, body: payload });
    } catch {
      throw new Refusal('network.unreachable', 'unavailable', 'The server cannot be reached. Check the connection.');
    }
    if (!response.ok) throw await refusalFromResponse(response);
    return response;
  }
}

function withQuery(path: string, query: Query = {}): string {
  const set = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined) set.set(key, String(value));
  const text = set.toString();
  return text === '' ? path : `${path}?${text}`;
}
