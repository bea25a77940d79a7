import { describe, expect, it } from 'vitest';
import { refusalFromHub, refusalFromResponse } from './refusal';

describe('refusals', () => {
  it('are read from the JSON object inside a hub exception', () => {
    const error = new Error(
      `An unexpected error occurred invoking 'JoinRoom' on the server. HubException: {"code":"room.full","message":"The room is full.","retryAfterMs":1200}`,
    );
    expect(refusalFromHub(error)).toMatchObject({
      code: 'room.full',
      message: 'The room is full.',
      retryAfterMs: 1200,
    });
  });

  it('stay polite when the hub failed without one', () => {
    expect(refusalFromHub(new Error('{broken')).code).toBe('hub.failed');
  });

  it('are read from problem details with their line', async () => {
    const body = JSON.stringify({ code: 'lyrics.invalid_xml', detail: 'Unexpected end.', line: 7 });
    const refusal = await refusalFromResponse(new Response(body, { status: 422 }));
    expect(refusal).toMatchObject({ code: 'lyrics.invalid_xml', message: 'Unexpected end.', line: 7 });
  });

  it('name the status when a proxy answered instead of the server', async () => {
    const refusal = await refusalFromResponse(new Response('<html>', { status: 502 }));
    expect(refusal.code).toBe('http.502');
  });
});
