import { createHmac, createSecretKey, hash, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { HubError, type Coordinate, type Mask, type Role } from '../kernel/index.js';

/** Header that carries the hub's signed context, a compact JWS (RFC 7515, HS256). */
export const CONTEXT_HEADER = 'share-context';

/** What the hub tells a subgraph about one fetch. Short names keep the header small. @source share-rules section 4 */
export interface FetchContext {
  /** Subgraph the context is meant for. */
  readonly aud: string;
  /** Department, system and person of the caller. */
  readonly dep: string;
  readonly sys: string;
  readonly per?: string;
  /** Scenario the caller named. */
  readonly scn?: string;
  /** Request id, the same in every log and record. */
  readonly rid: string;
  /** SHA-256 of the fetch's query text, base64url. */
  readonly qh: string;
  /** Expiry, seconds since the epoch. */
  readonly exp: number;
  /** Items given only within rows: coordinate → division code prefixes. */
  readonly scopes?: Readonly<Record<Coordinate, readonly string[]>>;
  /** Whole records cut to rows, because an argument filters by an item given only within rows: type → prefixes. */
  readonly rows?: Readonly<Record<string, readonly string[]>>;
  /** Items given only in a de-identified form. */
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  /** Roles of the caller. */
  readonly rol?: readonly Role[];
  /** `register` reads `_service { sdl }` and nothing else. */
  readonly use?: 'register';
}

const HEADER = Buffer.from('{"alg":"HS256","typ":"share-context+jwt"}').toString('base64url');

/** The key that the hub and one subgraph share, derived from the hub's secret, so a subgraph can never speak for another.
 *  A key object, since an HMAC under raw bytes costs seven times as much.
 *  @param secret  the hub's secret, at least 32 bytes */
export function subgraphKey(secret: string, subgraph: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'sharehub', `share-context/${subgraph}`, 32)));
}

/** SHA-256 of a fetch's query text, as the context carries it. */
export const queryHash = (text: string): string => hash('sha256', text, 'base64url');

/** Signs a context for one subgraph. */
export function signContext({ aud, qh, ...common }: FetchContext, key: KeyObject): string {
  return signParts(requestPart(common), fetchPart(aud, qh), key);
}

/** What is the same in the contexts of all fetches of one request, written once. It ends on a whole group of base64, so
 *  that a fetch's own part can stand behind it. */
export function requestPart(common: Omit<FetchContext, 'aud' | 'qh'>): string {
  const text = JSON.stringify(common).slice(0, -1);
  // Blanks between the members of an object mean nothing.
  const blanks = ' '.repeat(2 - ((Buffer.byteLength(text) + 2) % 3));
  return `${HEADER}.${Buffer.from(text + blanks).toString('base64url')}`;
}

/** What is the same in the contexts of all requests that send this query to this subgraph.
 *  @param qh  see `queryHash` */
export const fetchPart = (aud: string, qh: string): string =>
  Buffer.from(`,${JSON.stringify({ aud, qh }).slice(1)}`).toString('base64url');

/** The signed context of one fetch, from its request's part and its own. */
export function signParts(request: string, fetch: string, key: KeyObject): string {
  const payload = request + fetch;
  return `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`;
}

/** Verifies a context as the subgraph `audience` received it.
 *  @param token     value of the context header
 *  @param key       the key shared with the hub
 *  @param expected           what it must be for
 *  @param expected.audience  this subgraph's name
 *  @param expected.query     the query text that came with it
 *  @param expected.now       milliseconds since the epoch
 *  @throws HubError CONTEXT_REFUSED when it is missing, forged, expired, for another subgraph or for another query */
export function verifyContext(
  token: string | undefined,
  key: KeyObject,
  expected: { audience: string; query: string; now: number },
): FetchContext {
  if (!token) throw refused('the request carries none; departments ask the hub, never a subgraph');
  const [header, payload, signature, rest] = token.split('.');
  if (header !== HEADER || !payload || !signature || rest !== undefined) throw refused('it is malformed');
  const given = Buffer.from(signature, 'base64url');
  const right = createHmac('sha256', key).update(`${header}.${payload}`).digest();
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw refused('its signature is wrong');
  const context = JSON.parse(Buffer.from(payload, 'base64url').toString()) as FetchContext;
  if (context.aud !== expected.audience) throw refused('it was made for another subgraph');
  if (!(context.exp * 1000 > expected.now)) throw refused('it has expired');
  if (context.qh !== queryHash(expected.query)) throw refused('it was made for another query');
  return context;
}

const refused = (why: string) => new HubError('CONTEXT_REFUSED', `The hub's signed context was refused: ${why}.`);
