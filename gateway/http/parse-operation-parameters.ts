import { HubError, type Sentence } from '../../shared/kernel/index.js';
import { ExactNumber, parseJsonExactly } from '../../shared/kernel/exact-number.js';
import type { OperationParameters } from '../request/request-outcome.js';
import { say } from '../request/messages/index.js';

/** Deepest nesting of variables; what is deeper is an attack on whoever walks them. */
const MAX_VARIABLE_DEPTH = 64;

/** The parameters in a POST body.
 *  @throws HubError BAD_REQUEST naming the parameter that is missing or of the wrong type
 *  @source GraphQL over HTTP, "Request Parameters" */
export function parseBodyParameters(body: unknown): OperationParameters {
  if (Array.isArray(body)) throw badRequest(say('http.batch'));
  if (!isMap(body)) throw badRequest(say('http.bodyNotObject'));
  const { query, operationName, variables, extensions } = body;
  return validateParameters(query, operationName, variables, extensions);
}

/** The parameters in the query component of a GET request's address.
 *  @throws HubError BAD_REQUEST or MALFORMED_JSON
 *  @source GraphQL over HTTP, "GET" */
export function parseUrlParameters(search: string): OperationParameters {
  const parameters = new URLSearchParams(search);
  const once = (name: string): string | undefined => {
    const values = parameters.getAll(name);
    if (values.length > 1) throw badRequest(say('http.givenTimes', { name, times: values.length }));
    return values[0];
  };
  const json = (name: string): unknown => {
    const text = once(name);
    if (text === undefined || text === '') return undefined;
    try {
      return parseJsonExactly(text);
    } catch {
      throw new HubError('MALFORMED_JSON', say('http.notJson', { name }));
    }
  };
  return validateParameters(once('query'), once('operationName'), json('variables'), json('extensions'));
}

function validateParameters(
  query: unknown,
  operationName: unknown,
  variables: unknown,
  extensions: unknown,
): OperationParameters {
  const persisted = readPersisted(extensions);
  const isMissing = query === undefined || query === null || (query === '' && persisted !== undefined);
  if (isMissing && persisted === undefined) throw badRequest(say('http.noQuery'));
  if (!isMissing && typeof query !== 'string') throw badRequest(say('http.notString', { name: 'query' }));
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw badRequest(say('http.notString', { name: 'operationName' }));
  if (!isMapOrAbsent(variables)) throw badRequest(say('http.notObject', { name: 'variables' }));
  if (!isMapOrAbsent(extensions)) throw badRequest(say('http.notObject', { name: 'extensions' }));
  if (variables && isDeeperThan(variables, MAX_VARIABLE_DEPTH))
    throw new HubError('BAD_USER_INPUT', say('http.variablesTooDeep', { levels: MAX_VARIABLE_DEPTH }));
  return {
    query: isMissing ? undefined : query,
    persisted,
    operationName: operationName || undefined,
    variables: variables ?? undefined,
    ...(isMap(extensions) && extensions.freshness === true && { freshness: true }),
  };
}

/** The hash under which a client knows its operation.
 *  @source Apollo, "Automatic Persisted Queries" */
function readPersisted(extensions: unknown): string | undefined {
  const persisted = isMap(extensions) ? extensions.persistedQuery : undefined;
  if (persisted === undefined || persisted === null) return undefined;
  const { version, sha256Hash } = isMap(persisted) ? persisted : {};
  if (version === 1 && typeof sha256Hash === 'string' && /^[0-9a-f]{64}$/.test(sha256Hash)) return sha256Hash;
  throw badRequest(say('http.persistedQuery'));
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
const isMapOrAbsent = (value: unknown): value is Record<string, unknown> | null | undefined =>
  value === undefined || value === null || isMap(value);

function isDeeperThan(value: object, limit: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: object[] = [];
    for (const node of level)
      for (const child of Object.values(node) as unknown[])
        if (typeof child === 'object' && child !== null) next.push(child);
    level = next;
  }
  return false;
}

const badRequest = (message: Sentence): HubError => new HubError('BAD_REQUEST', message);
