import Negotiator from 'negotiator';
import { HubError } from '../../shared/kernel/index.js';
import { say } from '../request/messages/index.js';

/** Media types of an answer, the preferred one first. @source GraphQL over HTTP, "Media Types" */
export const RESPONSE_TYPES = [
  'application/graphql-response+json; charset=utf-8',
  'application/json; charset=utf-8',
] as const;
export type ResponseType = (typeof RESPONSE_TYPES)[number];
export const [GRAPHQL_RESPONSE, JSON_RESPONSE] = RESPONSE_TYPES;

/** Clients send few different headers, so the outcome is kept; a flood of others only empties the memory. */
const REMEMBERED = 500;

/** Keeps what was decided on the values of a header. */
export function remember<T>(decide: (header: string) => T): (header: string) => T {
  const known = new Map<string, T>();
  return (header) => {
    const found = known.get(header);
    if (found !== undefined) return found;
    const decided = decide(header);
    if (known.size >= REMEMBERED) known.clear();
    known.set(header, decided);
    return decided;
  };
}

const negotiate = remember((accept: string): ResponseType | null => {
  const best = new Negotiator({ headers: { accept } }).mediaType([...RESPONSE_TYPES]);
  return (best as ResponseType | undefined) ?? null;
});

/** Media type of the answer. Without an Accept header it is `application/graphql-response+json`.
 *  @throws HubError NOT_ACCEPTABLE when the client takes neither
 *  @source GraphQL over HTTP, "Accept", "Legacy Watershed" */
export function responseTypeFor(accept: string | undefined): ResponseType {
  if (accept === undefined) return GRAPHQL_RESPONSE;
  const type = negotiate(accept);
  if (type) return type;
  throw new HubError('NOT_ACCEPTABLE', say('http.notAcceptable'));
}

/** True if a body of this type is JSON in UTF-8, the only encoding that requests may have. */
export const isJsonRequest = remember((contentType: string): boolean => {
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  if (type !== 'application/json') return false;
  return parameters.every(
    (parameter) => !parameter.startsWith('charset') || /^charset\s*=\s*"?utf-?8"?$/.test(parameter),
  );
});
