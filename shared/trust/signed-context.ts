import { createHmac, createSecretKey, hash, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { KeyedHash } from './keyed-hash.js';
import { HubError, type Coordinate, type Mask, type Role, type VerificationDetail } from '../kernel/index.js';

/** Header that carries the hub's signed context, a compact JWS (RFC 7515, HS256). */
export const CONTEXT_HEADER = 'share-context';

/** Header of an answer from which protected records were left out: the digest of the list, as the context named it. */
export const PROTECTIONS_HEADER = 'share-protections';

/** The hub's statement to a subgraph about one fetch. @source share-rules section 4 */
export interface FetchContext {
  /** Subgraph the context is meant for. */
  readonly audience: string;
  /** Department, system and person of the caller. */
  readonly department: string;
  readonly system: string;
  readonly person?: string;
  /** Scenario the caller named. */
  readonly scenario?: string;
  /** Request id, the same in every log and record. */
  readonly requestId: string;
  /** SHA-256 of the request's body as it is sent, base64url: query, variables and operation name. */
  readonly bodyHash: string;
  /** Unique; the subgraph accepts it once. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  /** Items given only within rows: coordinate → division code prefixes. */
  readonly scopes?: Readonly<Record<Coordinate, readonly string[]>>;
  /** Whole records cut to rows, because an argument filters by an item given only within rows: type → prefixes. */
  readonly rows?: Readonly<Record<string, readonly string[]>>;
  /** Items given only in a de-identified form. */
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  /** Answers of comparisons beyond one outcome for all claims, by item: given where all items that are claimed have them. */
  readonly details?: Readonly<Record<Coordinate, readonly VerificationDetail[]>>;
  /** Digest of the list of subjects whose records are withheld from this caller, see `writeProtectedSubjects`; absent
   *  where there are none. */
  readonly protections?: string;
  /** Roles of the caller. */
  readonly roles?: readonly Role[];
  /** `register` reads `_service { sdl }` and nothing else. */
  readonly use?: 'register';
}

/** The context as the token carries it. Short names keep the header small; they appear nowhere else. */
interface Claims {
  readonly aud: string;
  readonly dep: string;
  readonly sys: string;
  readonly per?: string | undefined;
  readonly scn?: string | undefined;
  readonly rid: string;
  readonly bh: string;
  readonly jti: string;
  readonly exp: number;
  readonly scopes?: FetchContext['scopes'];
  readonly rows?: FetchContext['rows'];
  readonly masks?: FetchContext['masks'];
  readonly det?: FetchContext['details'];
  readonly prt?: string | undefined;
  readonly rol?: readonly Role[] | undefined;
  readonly use?: 'register' | undefined;
}

/** The part of a context that is the same for all fetches of one request. */
type RequestContext = Omit<FetchContext, keyof FetchPart>;
/** The part that is one fetch's own. */
type FetchPart = Pick<FetchContext, 'audience' | 'bodyHash' | 'id' | 'protections'>;

const toClaims = (context: RequestContext): Omit<Claims, 'aud' | 'bh' | 'jti' | 'prt'> => ({
  dep: context.department,
  sys: context.system,
  per: context.person,
  scn: context.scenario,
  rid: context.requestId,
  exp: context.expiresAt,
  scopes: context.scopes,
  rows: context.rows,
  masks: context.masks,
  det: context.details,
  rol: context.roles,
  use: context.use,
});

const fromClaims = (claims: Claims): FetchContext => ({
  audience: claims.aud,
  department: claims.dep,
  system: claims.sys,
  person: claims.per,
  scenario: claims.scn,
  requestId: claims.rid,
  bodyHash: claims.bh,
  id: claims.jti,
  expiresAt: claims.exp,
  scopes: claims.scopes,
  rows: claims.rows,
  masks: claims.masks,
  details: claims.det,
  protections: claims.prt,
  roles: claims.rol,
  use: claims.use,
});

const HEADER = Buffer.from('{"alg":"HS256","typ":"share-context+jwt"}').toString('base64url');

/** A key that the hub and one subgraph share, derived from the hub's secret, so a subgraph can never speak for another.
 *  A key object, since an HMAC under raw bytes costs seven times as much.
 *  @param secret  the hub's secret, at least 32 bytes
 *  @param number  0 for the first; each rotation has the next */
export function subgraphKey(secret: string, subgraph: string, number = 0): KeyObject {
  const use = number === 0 ? `share-context/${subgraph}` : `share-context/${subgraph}/${number}`;
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'sharehub', use, 32)));
}

/** SHA-256 of a request's body, as the context carries it. */
export const bodyHash = (body: string | Buffer): string => hash('sha256', body, 'base64url');

/** Signs a context for one subgraph. */
export function signContext({ audience, bodyHash, id, protections, ...common }: FetchContext, key: KeyObject): string {
  return signParts(requestPart(common), fetchPart({ audience, bodyHash, id, protections }), key);
}

/** Encodes the part of the context that all fetches of one request share. It ends on a whole group of base64, so that a
 *  fetch's own part can be appended. */
export function requestPart(common: RequestContext): string {
  const text = JSON.stringify(toClaims(common)).slice(0, -1);
  // Blanks between the members of an object mean nothing.
  const blanks = ' '.repeat(2 - ((Buffer.byteLength(text) + 2) % 3));
  return `${HEADER}.${Buffer.from(text + blanks).toString('base64url')}`;
}

/** Encodes the part of the context that is one fetch's own. */
export const fetchPart = ({ audience, bodyHash, id, protections }: FetchPart): string =>
  Buffer.from(`,${JSON.stringify({ aud: audience, bh: bodyHash, jti: id, prt: protections }).slice(1)}`).toString(
    'base64url',
  );

/** The signed context of one fetch, from its request's part and its own. */
export function signParts(request: string, fetch: string, key: KeyObject): string {
  const payload = request + fetch;
  let keyed = keyedHashes.get(key);
  if (!keyed) keyedHashes.set(key, (keyed = new KeyedHash(key)));
  return `${payload}.${keyed.digest(payload)}`;
}
const keyedHashes = new WeakMap<KeyObject, KeyedHash>();

/** Verifies a context as the subgraph `audience` received it.
 *  @param token     value of the context header
 *  @param keys      the keys shared with the hub that hold; the context is signed with one of them
 *  @param expected           what it must be for
 *  @param expected.audience  this subgraph's name
 *  @param expected.body      the body that came with it, as it was received
 *  @param expected.now       milliseconds since the epoch
 *  @returns the context; that it was not accepted before is the caller's to check by its id
 *  @throws HubError CONTEXT_REFUSED when it is missing, forged, expired, for another subgraph or for another request */
export function verifyContext(
  token: string | undefined,
  keys: readonly KeyObject[],
  expected: { audience: string; body: Buffer; now: number },
): FetchContext {
  if (!token) throw refused('the request carries none; departments ask the hub, never a subgraph');
  const [header, payload, signature, rest] = token.split('.');
  if (header !== HEADER || !payload || !signature || rest !== undefined) throw refused('it is malformed');
  const given = Buffer.from(signature, 'base64url');
  if (!keys.some((key) => isSignedWith(key, `${header}.${payload}`, given))) throw refused('its signature is wrong');
  const context = fromClaims(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims);
  if (context.audience !== expected.audience) throw refused('it was made for another subgraph');
  if (!(context.expiresAt * 1000 > expected.now)) throw refused('it has expired');
  if (context.expiresAt * 1000 > expected.now + LONGEST_LIFE_MS) throw refused('it expires too late');
  if (context.bodyHash !== bodyHash(expected.body)) throw refused('it was made for another query or other variables');
  if (typeof context.id !== 'string' || context.id === '') throw refused('it has no id');
  return context;
}

function isSignedWith(key: KeyObject, text: string, given: Buffer): boolean {
  const right = createHmac('sha256', key).update(text).digest();
  return given.length === right.length && timingSafeEqual(given, right);
}

/** A context that lives longer is refused, since a subgraph remembers those that it accepted until they expire. */
const LONGEST_LIFE_MS = 300_000;

export const refused = (why: string) =>
  new HubError('CONTEXT_REFUSED', `The hub's signed context was refused: ${why}.`);
