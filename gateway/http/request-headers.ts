import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HubError } from '../../shared/kernel/index.js';

/** Header in which a caller names the scenario under which it calls, percent-encoded UTF-8. */
export const SCENARIO_HEADER = 'share-scenario';
export const REQUEST_ID_HEADER = 'x-request-id';

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;
const MAX_SCENARIO = 128;
/** Headers that may come once only: of two values, just one would be checked. */
const SINGLE = new Set(['authorization', 'content-type', 'content-encoding', SCENARIO_HEADER, REQUEST_ID_HEADER]);
const SINGLE_LENGTHS = new Set([...SINGLE].map((name) => name.length));

/** The client's request id when it is well-formed, else a new one. */
export function readRequestId(headers: IncomingHttpHeaders): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** The scenario that the caller names; undefined when it names none.
 *  @throws HubError BAD_REQUEST when the header is not percent-encoded UTF-8, too long, or has control characters */
export function readScenario(headers: IncomingHttpHeaders): string | undefined {
  const given = headers[SCENARIO_HEADER];
  if (typeof given !== 'string' || given === '') return undefined;
  const scenario = decode(given);
  if (scenario === undefined || scenario.length > MAX_SCENARIO || /[\p{Cc}\p{Cs}]/u.test(scenario)) {
    throw new HubError(
      'BAD_REQUEST',
      `The ${SCENARIO_HEADER} header must be a scenario code of at most ${MAX_SCENARIO} characters, percent-encoded as UTF-8.`,
    );
  }
  return scenario;
}

function decode(text: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined;
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** @throws HubError BAD_REQUEST when one of these headers is given twice */
export function refuseDuplicates({ rawHeaders }: IncomingMessage): void {
  let seen: string[] | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const raw = rawHeaders[i]!;
    if (!SINGLE_LENGTHS.has(raw.length)) continue;
    const name = raw.toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen?.includes(name)) throw new HubError('BAD_REQUEST', `The ${name} header is given more than once.`);
    (seen ??= []).push(name);
  }
}

/** A page of another origin can make a browser send a plain GET with the visitor's cookies; it cannot add one of these
 *  headers without asking first. A POST needs none: its content type already makes the browser ask.
 *  @throws HubError BAD_REQUEST */
export function preventForgery({ method, headers }: IncomingMessage): void {
  if (method !== 'GET') return;
  const forced =
    headers.authorization ??
    headers[SCENARIO_HEADER] ??
    headers['apollo-require-preflight'] ??
    headers['x-apollo-operation-name'] ??
    (headers['content-type']?.toLowerCase().startsWith('application/json') ? 'json' : undefined);
  if (forced) return;
  throw new HubError(
    'BAD_REQUEST',
    'A GET request needs one of the headers authorization, share-scenario or apollo-require-preflight, so that no other page can have sent it.',
  );
}
