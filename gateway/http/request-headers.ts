import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';
import { HubError, LANGUAGES, type Language } from '../../shared/kernel/index.js';
import { say } from '../request/messages/index.js';

/** Header in which a caller names the scenario under which it calls, percent-encoded UTF-8. */
export const SCENARIO_HEADER = 'share-scenario';
/** Header by which a request asks to be told how current the resources of its answer are. */
export const FRESHNESS_HEADER = 'share-freshness';
/** Header by which a department's request asks for the graph with a subgraph that the department tries. */
export const VARIANT_HEADER = 'share-variant';
/** Header with the secret of a variant, in requests that answer for its subgraph. */
export const VARIANT_SECRET_HEADER = 'share-variant-secret';
export const REQUEST_ID_HEADER = 'x-request-id';

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;
const MAX_SCENARIO = 128;
/** Headers that may come once only: of two values, just one would be checked. */
const SINGLE = new Set([
  ...['authorization', 'content-type', 'content-encoding', SCENARIO_HEADER, REQUEST_ID_HEADER, FRESHNESS_HEADER],
  ...[VARIANT_HEADER, VARIANT_SECRET_HEADER],
]);
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
    throw new HubError('BAD_REQUEST', say('http.scenarioHeader', { header: SCENARIO_HEADER, most: MAX_SCENARIO }));
  }
  return scenario;
}

/** True where the caller asks how current the resources of its answer are.
 *  @throws HubError BAD_REQUEST for another value */
export function readFreshnessWish(headers: IncomingHttpHeaders): boolean {
  const given = headers[FRESHNESS_HEADER];
  if (given === undefined) return false;
  if (given === 'include') return true;
  throw new HubError('BAD_REQUEST', say('http.freshnessHeader', { header: FRESHNESS_HEADER }));
}

/** The variant that the caller asks for; undefined for the graph in force.
 *  @throws HubError BAD_REQUEST when the header is no name */
export function readVariant(headers: IncomingHttpHeaders): string | undefined {
  const given = headers[VARIANT_HEADER];
  if (given === undefined) return undefined;
  if (typeof given === 'string' && /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(given)) return given;
  throw new HubError('BAD_REQUEST', say('variant.header', { header: VARIANT_HEADER }));
}

/** The language in which a caller is told of refusals: the first of the hub's that it accepts.
 *  @param fallback  where it names none of them
 *  @source RFC 9110 section 12.5.4 */
export function readLanguage(headers: IncomingHttpHeaders, fallback: Language): Language {
  if (headers['accept-language'] === undefined) return fallback;
  const known = [fallback, ...LANGUAGES.filter((language) => language !== fallback)];
  const found = new Negotiator({ headers }).language(known);
  return known.find((language) => language === found) ?? fallback;
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
    if (seen?.includes(name)) throw new HubError('BAD_REQUEST', say('http.headerTwice', { name }));
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
  throw new HubError('BAD_REQUEST', say('http.forgeable'));
}
