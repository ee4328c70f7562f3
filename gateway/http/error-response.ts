import { ERROR_CODES, HubError, textIn, type ErrorCode, type Language } from '../../shared/kernel/index.js';
import type { AnswerError } from '../request/answer.js';
import { JSON_RESPONSE, type ResponseType } from './media-types.js';
import { internalError, type ExtraHeaders } from './reply.js';

/** Refusals of the operation itself, in a request that is otherwise well-formed: GraphQL request errors. */
const OPERATION_CODES: ReadonlySet<ErrorCode> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_UNRESOLVED',
  'OPERATION_TOO_DEEP',
  'OPERATION_TOO_LARGE',
  'OPERATION_TOO_COSTLY',
  'PLAN_TOO_COSTLY',
  'FIELD_UNREACHABLE',
  'OPERATION_UNSUPPORTED',
  'OPERATION_DENIED',
  'OPERATION_NOT_TRUSTED',
  'INTROSPECTION_DISABLED',
]);

/** The error that a caller may see: an expected refusal as it is, anything else as INTERNAL. */
export function toPublicError(error: unknown, requestId: string): HubError {
  if (error instanceof HubError && ERROR_CODES[error.code] !== 'command' && error.code !== 'INTERNAL') return error;
  return internalError(requestId, error);
}

/** HTTP status of a refused request.
 *
 *  With `application/graphql-response+json` every refusal has its own 4xx or 5xx. With `application/json` a well-formed
 *  request whose operation is refused is answered 200, because clients of that type take any other status for a proxy's;
 *  requests that are not well-formed, callers who are not let in, and faults keep their status under both.
 *  @source GraphQL over HTTP, "Status Codes" and its section on `application/json` */
export function refusalStatus(error: HubError, type: ResponseType): number {
  if (type === JSON_RESPONSE && OPERATION_CODES.has(error.code)) return 200;
  // A field's code that ends a whole request: the caller may not, or a department did not.
  if (ERROR_CODES[error.code] === 'field') return error.code.startsWith('SUBGRAPH_') ? 502 : 403;
  return error.status;
}

/** The body of a refused request: errors and no data. */
export function refusalText(error: HubError, language: Language, hideSuggestions: boolean): string {
  const errors = refusalErrors(error, language);
  return JSON.stringify({ errors: hideSuggestions ? errors.map(withoutSuggestion) : errors });
}

function refusalErrors(error: HubError, language: Language): AnswerError[] {
  const message = textIn(error.text, language);
  const { errors, ...details } = error.details;
  if (!Array.isArray(errors) || errors.length === 0)
    return [{ message, extensions: { ...error.details, code: error.code } }];
  return errors.map((each: Partial<AnswerError>) => ({
    ...each,
    message: String(each.message ?? message),
    extensions: { ...details, ...each.extensions, code: each.extensions?.code ?? error.code },
  }));
}

/** graphql-js ends some messages with names that exist, which tells a stranger what the schema has. */
const withoutSuggestion = (error: AnswerError): AnswerError => ({
  ...error,
  message: error.message.replace(/\s*Did you mean [^?]*\?/g, ''),
});

/** Headers that belong to a refusal. @source RFC 6750 section 3, RFC 9110 section 15.5.6 */
export function refusalHeaders(error: HubError): ExtraHeaders {
  if (error.status === 401) {
    const detail = error.code === 'UNAUTHENTICATED' ? '' : ', error="invalid_token"';
    return ['www-authenticate', `Bearer realm="sharehub"${detail}`];
  }
  if (error.code === 'METHOD_NOT_ALLOWED') return ['allow', error.details.allow as string];
  if (error.status === 503 || error.status === 429) return ['retry-after', '1'];
  return [];
}
