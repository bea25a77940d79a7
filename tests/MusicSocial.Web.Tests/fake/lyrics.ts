import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CueSheet, LyricReport, LyricRevision, SheetEdit } from '../../../src/MusicSocial.Web/src/wire/contract.ts';
import { json, refuse, svg } from './api.ts';
import { me, now, people, sheetOf, trackOf } from './world.ts';

export const isAboutLyrics = (what: string | undefined) => what === 'lyrics' || what?.startsWith('quote.') === true;

const revision = (number: number, by = me, more: Partial<LyricRevision> = {}): LyricRevision => ({
  revision: number,
  by,
  atMs: now() - (9 - number) * 3_600_000,
  kind: 'sheet',
  timing: 'words',
  lines: 8,
  offsetMs: 0,
  reports: 0,
  current: false,
  ...more,
});

const revisions = (): LyricRevision[] => [
  revision(3, me, { kind: 'shift', offsetMs: 150, current: true, from: 2 }),
  revision(2, people[0], { reports: 2 }),
  revision(1, people[1], { kind: 'upload', timing: 'lines' }),
];

const reports = (): LyricReport[] => [
  { revision: 2, by: me, reason: 'badTiming', note: 'Half a second late from the second verse on', atMs: now() - 600_000 },
  { revision: 2, by: people[1] ?? me, reason: 'spam', atMs: now() - 900_000 },
];

/** Lyrics and what people make of them; nothing that is published here is kept. */
export async function answerLyrics(request: IncomingMessage, response: ServerResponse, id: string, parts: string[]): Promise<void> {
  const [what, more, number, deed] = parts;
  const sheet = sheetOf(id);
  if (what?.startsWith('quote.')) return svg(response, '<rect width="100" height="100" fill="#43305c"/><text x="10" y="52" font-size="9" fill="#fff">how sweet the sound</text>');
  if (more === 'sheet') return publish(request, response, id, sheet);
  if (more === 'revisions' && deed === 'report') return void response.writeHead(204).end();
  if (more === 'revisions' && request.method === 'GET') return json(response, number === undefined ? { items: revisions() } : sheet);
  if (more === 'reports') return json(response, { items: reports() });
  return sheet ? json(response, sheet) : refuse(response, 404, 'lyrics.none', 'No lyrics.');
}

async function publish(request: IncomingMessage, response: ServerResponse, id: string, before: CueSheet | undefined): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const edit = JSON.parse(Buffer.concat(chunks).toString()) as SheetEdit;
  const lines = edit.lines ?? [];
  const wrong = lines.findIndex((line) => typeof line.startMs !== 'number' || line.startMs > (trackOf(id)?.durationMs ?? 0));
  if (wrong >= 0) return json(response, { code: 'lyrics.time_invalid', detail: 'A time lies outside the song.', line: wrong + 1 }, 422);
  const cues = lines.map((line, index) => ({ ...line, index, text: line.text ?? '', words: line.words ?? [] }));
  json(response, { ...before, trackId: id, synced: true, wordSynced: false, lines: cues, source: 'people', revision: 1, offsetMs: 0 });
}
