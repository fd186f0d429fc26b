// Requests to the server's interface.

import { Problem } from './problem.js';

const timeoutMilliseconds = 20_000;

/**
 * Sends a request to `/api/v1` + path.
 *
 * Resolves to `{ data, etag }`, data being null for an empty answer. Rejects with a `Problem`, of status 0 when no
 * answer came in time.
 */
export async function request(method, path, { body, key, etag } = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = `"${key}"`;
  if (etag) headers['If-Match'] = etag;
  let response;
  let text;
  try {
    response = await fetch(`/api/v1${path}`, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    text = await response.text();
  } catch {
    throw new Problem(null);
  }
  const data = parse(text);
  if (response.ok && data !== undefined) return { data, etag: response.headers.get('ETag') };
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  throw new Problem(data ?? { title: `The server answered ${response.status}.` },
    { status: response.status, retryAfter });
}

/** The body of a GET. */
export async function get(path) {
  return (await request('GET', path)).data;
}

/** The body of a POST's answer. */
export async function post(path, body, key) {
  return (await request('POST', path, { body, key })).data;
}

/** Undefined for what is no JSON: a proxy's page, for one. */
function parse(text) {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
