import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Track } from '../../../src/MusicSocial.Web/src/wire/contract.ts';
import { answerLyrics, isAboutLyrics } from './lyrics.ts';
import { commentsOf, friendsOf, me, now, roomOf, trackOf, tracks, user } from './world.ts';

const wwwroot = fileURLToPath(new URL('../../../src/MusicSocial.Server/wwwroot/', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};
/** The same policy the real server sends: a page that breaks it breaks here. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'";

/** Serves the built client and a fake API on a free port. */
export async function serveFakeApi(): Promise<{ url: string; close: () => void }> {
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const parts = url.pathname.split('/').filter(Boolean);
  if (parts[0] === 'api') return answerApi(request, response, parts.slice(1), url);
  const asset = await readFile(wwwroot + url.pathname.slice(1)).catch(() => undefined);
  const body = asset ?? (await readFile(`${wwwroot}index.html`));
  const type = asset ? (types[extname(url.pathname)] ?? 'application/octet-stream') : 'text/html';
  response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export const refuse = (response: ServerResponse, status: number, code: string, detail: string) => json(response, { code, kind: 'notFound', detail }, status);

function answerApi(request: IncomingMessage, response: ServerResponse, parts: string[], url: URL): void {
  const [what, id = '', more] = parts;
  if (what === 'tracks' && id === '') {
    const query = (url.searchParams.get('query') ?? '').toLowerCase();
    return json(response, { items: tracks.filter((track) => `${track.title} ${track.artist}`.toLowerCase().includes(query)) });
  }
  if (what === 'tracks' && isAboutLyrics(more)) return void answerLyrics(request, response, id, parts.slice(2));
  if (what === 'tracks') return answerTrack(request, response, id, more);
  if (what === 'rooms' && more === 'qr.svg') return svg(response, '<rect width="100" height="100" fill="#fff"/><path d="M10 10h30v30H10zM60 10h30v30H60zM10 60h30v30H10zM55 55h20v20H55z"/>');
  if (what === 'rooms' && id === '') {
    const second = roomOf({ id: 'r2', code: 'NIGHT7', name: 'Late night choir', listeners: 5 });
    second.current = { itemId: 'q1', track: tracks[1] as Track, addedBy: me };
    return json(response, { items: [roomOf(), second] });
  }
  if (what === 'rooms') return id === 'NOWHERE' ? refuse(response, 404, 'room.not_found', 'There is no such room.') : json(response, roomOf(id === 'EMPTY1' ? quiet : {}));
  if (what === 'me' && id === 'friends') return json(response, { items: friendsOf() });
  if (what === 'me' && id === 'privacy') return json(response, { privateSession: false, audience: 'everyone', history: 'mutual', connections: 'everyone', showPosition: true, showRoom: true });
  if (what === 'users' && more === 'listens') return json(response, { items: tracks.slice(0, 5).map((track, n) => ({ track, startedAtMs: now() - n * 3_000_000 })) });
  if (what === 'users' && more === 'now-playing') return json(response, friendsOf()[0]?.nowPlaying ?? null);
  if (what === 'users') return json(response, user(id, id === 'tomas' ? 'Tomás Rivera' : me.displayName));
  if (what === 'accounts' && id === 'sessions')
    return json(response, {
      items: [
        { id: 's2', device: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36', createdAtMs: now() - 60_000, usedAtMs: now(), current: true },
        { id: 's1', device: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1', createdAtMs: now() - 9_000_000, usedAtMs: now() - 3_000_000, current: false },
      ],
    });
  if (what === 'accounts' && id === 'recovery-codes') return json(response, { left: 8, madeAtMs: now() });
  if (what === 'accounts') return json(response, { accessToken: 'a', refreshToken: 'r', expiresInSeconds: 3_600, user: me });
  refuse(response, 404, 'http.404', 'Not in this world.');
}

export const quiet = {
  id: 'r3',
  code: 'EMPTY1',
  name: 'Fresh room',
  timeline: { trackId: null, itemId: null, anchorMs: 0, anchoredAtMs: 0, rate: 0, durationMs: 0 },
  queue: [],
  current: null,
  chat: [],
};

function answerTrack(request: IncomingMessage, response: ServerResponse, id: string, more: string | undefined): void {
  const track = trackOf(id);
  if (track === undefined) return refuse(response, 404, 'track.not_found', 'There is no such track.');
  if (more === 'chunks') return json(response, { state: 'never', chunkMs: 2_000, prerollMs: 100, count: 0, durationMs: 0, url: '', wholeUrl: '' });
  if (more === undefined) return json(response, track);
  if (more === 'comments') return json(response, { items: commentsOf(id), total: commentsOf(id).length });
  if (more === 'audio') return sendRange(request, response, silentWav(track.durationMs));
  if (more === 'moments') return json(response, { items: commentsOf(id).map((comment) => ({ second: Math.floor((comment.positionMs ?? 0) / 1_000), total: 1 + comment.likes })).sort((a, b) => a.second - b.second) });
  if (more === 'cover') return cover(response, id);
  refuse(response, 404, 'http.404', 'Not in this world.');
}

export function svg(response: ServerResponse, inner: string): void {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="400" height="400">${inner}</svg>`;
  response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(text);
}

function cover(response: ServerResponse, id: string): void {
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  svg(
    response,
    `<rect width="100" height="100" fill="hsl(${hue} 55% 30%)"/><circle cx="70" cy="34" r="24" fill="hsl(${(hue + 60) % 360} 80% 66%)"/>` +
      `<path d="M0 78 Q25 50 52 72 T100 60 V100 H0Z" fill="hsl(${(hue + 20) % 360} 62% 46%)"/><path d="M0 92 Q40 72 100 90 V100 H0Z" fill="hsl(${hue} 60% 18%)"/>`,
  );
}

/** Eight-bit silence with a faint tone: small, seekable, playable everywhere. */
function silentWav(durationMs: number): Buffer {
  const rate = 8_000;
  const samples = Math.round((durationMs / 1_000) * rate);
  const wav = Buffer.alloc(44 + samples, 128);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  return wav;
}

function sendRange(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = Math.min(bytes.length - 1, Number(range?.[2] || bytes.length - 1));
  const headers: Record<string, string> = { 'content-type': 'audio/wav', 'accept-ranges': 'bytes', 'content-length': String(end - start + 1) };
  if (range) headers['content-range'] = `bytes ${start}-${end}/${bytes.length}`;
  response.writeHead(range ? 206 : 200, headers).end(bytes.subarray(start, end + 1));
}
