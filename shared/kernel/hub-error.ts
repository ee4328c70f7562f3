import { textIn, type Text } from './sentence.js';

/** Every code a caller can meet, with the HTTP status of a request that ends with it.
 *  `field` codes stand beside a null in a 200 answer. Codes are stable: clients may rely on them. */
export const ERROR_CODES = {
  // the wire
  BAD_REQUEST: 400,
  MALFORMED_JSON: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NOT_ACCEPTABLE: 406,
  METHOD_NOT_ALLOWED: 405,
  NOT_FOUND: 404,
  TOO_MANY_REQUESTS: 429,
  // a subgraph that its department tries on a machine of its own
  VARIANT_UNKNOWN: 404,
  VARIANT_REFUSED: 403,
  // the caller
  UNAUTHENTICATED: 401,
  TOKEN_INVALID: 401,
  TOKEN_EXPIRED: 401,
  CALLER_UNKNOWN: 403,
  CALLER_SUSPENDED: 403,
  SCENARIO_UNKNOWN: 403,
  CALLER_MOVED: 409,
  // the operation
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
  OPERATION_UNRESOLVED: 400,
  OPERATION_TOO_DEEP: 400,
  OPERATION_TOO_LARGE: 400,
  OPERATION_TOO_COSTLY: 400,
  PLAN_TOO_COSTLY: 400,
  FIELD_UNREACHABLE: 400,
  OPERATION_UNSUPPORTED: 400,
  OPERATION_DENIED: 403,
  OPERATION_NOT_TRUSTED: 403,
  // no refusal, but a step of the protocol: clients send the text then
  PERSISTED_QUERY_NOT_FOUND: 200,
  // no refusal either: the hub sends the list with the request then
  PROTECTIONS_REQUIRED: 409,
  INTROSPECTION_DISABLED: 400,
  // a field
  GRANT_REQUIRED: 'field',
  PURPOSE_REQUIRED: 'field',
  GRANT_EXPIRED: 'field',
  GRANT_DETAIL_REQUIRED: 'field',
  GRANT_SUSPENDED: 'field',
  PERSON_NOT_AUTHORISED: 'field',
  OUT_OF_SCOPE: 'field',
  NOT_SHARED: 'field',
  NOT_PUBLISHED: 'field',
  RELEASE_NOT_CONSENTED: 'field',
  QUOTA_EXCEEDED: 'field',
  LIST_TOO_LONG: 'field',
  LIST_EMPTY: 'field',
  CLAIM_MISSING: 'field',
  CLAIM_TELLS_VALUE: 'field',
  VERIFICATION_LOCKED: 'field',
  CLAIMS_TOO_MANY: 'field',
  VERIFICATION_UNAVAILABLE: 'field',
  STATISTICS_TOO_MANY_DIMENSIONS: 'field',
  STATISTICS_TOO_MANY_CELLS: 'field',
  STATISTICS_BUDGET_SPENT: 'field',
  QUOTA_UNAVAILABLE: 'field',
  SUBGRAPH_UNAVAILABLE: 'field',
  SUBGRAPH_TIMEOUT: 'field',
  SUBGRAPH_BAD_ANSWER: 'field',
  SUBGRAPH_ERROR: 'field',
  SOURCE_UNAVAILABLE: 'field',
  ERRORS_OMITTED: 'field',
  // a fault
  GRANTS_STALE: 503,
  EVIDENCE_UNAVAILABLE: 503,
  NOT_READY: 503,
  DEADLINE_EXCEEDED: 504,
  INTERNAL: 500,
  // operating the hub
  CONFIG_INVALID: 'command',
  PORT_IN_USE: 'command',
  DATABASE_UNAVAILABLE: 'command',
  COMPOSITION_FAILED: 'command',
  SHARE_RULES_INVALID: 'command',
  SUBGRAPH_INVALID: 'command',
  FILE_LOCKED: 'command',
  DATA_DIR_IN_USE: 'command',
  EVIDENCE_RETAINED: 'command',
  EVIDENCE_MONTH_OPEN: 'command',
  EVIDENCE_ALTERED: 'command',
  EVIDENCE_UNDELIVERED: 'command',
  ARCHIVE_ALTERED: 'command',
  CONTEXT_REFUSED: 401,
} as const satisfies Record<string, number | 'field' | 'command'>;
export type ErrorCode = keyof typeof ERROR_CODES;

/** An expected failure: a stable code, a message that says what to do next, and details safe to show. */
export class HubError extends Error {
  readonly #text: Text;

  /** @param message  `message` of the error is the English one */
  constructor(
    readonly code: ErrorCode,
    message: Text,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(textIn(message, 'en'), options);
    this.name = 'HubError';
    this.#text = message;
  }

  /** The message, to be worded for whoever reads it. */
  get text(): Text {
    return this.#text;
  }

  /** HTTP status of a request that ends with this error; 200 for a field's own error. */
  get status(): number {
    const status = ERROR_CODES[this.code];
    return status === 'field' ? 200 : status === 'command' ? 500 : status;
  }
}
