import { HubError } from '../kernel/index.js';

/** Reasons for which a source, or a table of it, cannot be read: code → words for the department whose source it is. No word
 *  of the driver's or the service's own passes: it may hold addresses, names and SQL. */
export const SOURCE_FAULTS = {
  ADDRESS_REFUSED: 'its host stands for no address that the operator admits (SOURCE_HOSTS)',
  UNREACHABLE: 'nothing answers at its address',
  TLS_FAILED: 'no verified TLS connection could be made; give its CA certificate, or check the name in its certificate',
  TIMED_OUT: 'it did not answer in time',
  SIGN_IN_REFUSED: 'it refused user or password',
  TOKEN_REFUSED: 'its token address refused the client (name, secret or scope)',
  TOKEN_UNREADABLE: 'its token address gave no bearer token',
  AUTHENTICATION_UNSUPPORTED:
    'it asks for a way to sign in that is not PostgreSQL’s (openGauss: sha256 or SM3). Give the account an md5 or SCRAM-SHA-256 password, or push the rows to a hosted table',
  DATABASE_UNKNOWN: 'it has no such database',
  TOO_MANY_CONNECTIONS: 'it has no free connection for this account',
  CREDENTIAL_UNREADABLE: 'its password cannot be opened by this hub. Enter it again (changeSource)',
  NOT_REGISTERED: 'it is not registered, or has ended',
  KIND_UNFIT: 'it is registered as another kind than when its tables were published; publish them again',
  NOT_CHECKED: 'it has not been looked at yet',
  CHARSET_UNSUPPORTED: 'its texts are in no declared character set, so they cannot be read for certain',
  CAN_WRITE: 'its account may change data. Give an account that may only SELECT',
  NO_RIGHTS: 'its account may not read the table or a column. Grant it SELECT',
  TABLE_MISSING: 'the table or view is not there',
  COLUMN_MISSING: 'a column is not there any more',
  COLUMN_RETYPED: 'a column has a type that its item cannot be read from',
  KEY_NOT_UNIQUE: 'the declared key names several rows, or none where a column of it is empty',
  KEY_UNPROVEN: 'it could not be proved in time that the declared key names one row. Add a unique index',
  SCOPE_NOT_A_DIVISION: 'the item by which rows are narrowed holds no division codes',
  LEFT_ALONE: 'it failed several times in a row and is left alone for some seconds',
  REDIRECTED: 'it sends the call to another address, which is never followed. Register that address',
  STATUS_REFUSED: 'it answered with an HTTP status that is no success',
  ANSWER_FAILED: 'its answer says that the call failed (`success`)',
  ANSWER_TOO_LARGE: 'its answer is larger than a call may bring. Ask for fewer rows in one call',
  ANSWER_UNREADABLE: 'its answer is no JSON (or no XML, where it is asked by XML), or in no known character set',
  ROWS_MISSING: 'its answer has no rows where the declaration says (`rows`)',
  KEY_MISSING: 'it gives a row without its key, or with one of another type',
  KEY_FOREIGN: 'it gives rows that were not asked for: it does not look at the key',
  KEY_DOUBLE: 'it gives several rows with one key',
  PAGES_REPEATED: 'it gives the same page again and again',
  PAGES_ENDED: 'it has fewer rows than it says (`total`)',
  LIST_UNORDERED: 'it does not give rows in the order of their key, which paging by key needs',
  CALL_MISSING: 'no call of the declaration can ask for these rows',
  FAILED: 'it failed',
} as const;
export type SourceFaultCode = keyof typeof SOURCE_FAULTS;

/** A fault of a source, without an address or SQL in its text. */
export class SourceFault extends Error {
  /** @param detail  what it is about, such as a column: names that the department wrote itself
   *  @param cause   the driver's own error, for the log */
  constructor(
    readonly code: SourceFaultCode,
    readonly detail?: string,
    cause?: unknown,
  ) {
    super(`${SOURCE_FAULTS[code]}${detail === undefined ? '' : ` (${detail})`}`, { cause });
  }
}

/** The error that a caller gets: nothing of the source. */
export const sourceUnavailable = (cause?: unknown): HubError =>
  new HubError(
    'SOURCE_UNAVAILABLE',
    'The source of this item cannot be read at present. Try again later.',
    {},
    { cause },
  );

const CODES: Readonly<Record<string, SourceFaultCode>> = {
  ADDRESS_REFUSED: 'ADDRESS_REFUSED',
  ETIMEDOUT: 'UNREACHABLE',
  PROTOCOL_SEQUENCE_TIMEOUT: 'TIMED_OUT',
  '57014': 'TIMED_OUT',
  ER_STATEMENT_TIMEOUT: 'TIMED_OUT',
  ER_QUERY_TIMEOUT: 'TIMED_OUT',
  '28P01': 'SIGN_IN_REFUSED',
  '28000': 'SIGN_IN_REFUSED',
  ER_ACCESS_DENIED_ERROR: 'SIGN_IN_REFUSED',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'SIGN_IN_REFUSED',
  AUTH_SWITCH_PLUGIN_ERROR: 'AUTHENTICATION_UNSUPPORTED',
  '3D000': 'DATABASE_UNKNOWN',
  ER_BAD_DB_ERROR: 'DATABASE_UNKNOWN',
  ER_DBACCESS_DENIED_ERROR: 'DATABASE_UNKNOWN',
  '53300': 'TOO_MANY_CONNECTIONS',
  ER_CON_COUNT_ERROR: 'TOO_MANY_CONNECTIONS',
  ER_TOO_MANY_USER_CONNECTIONS: 'TOO_MANY_CONNECTIONS',
  '42501': 'NO_RIGHTS',
  ER_TABLEACCESS_DENIED_ERROR: 'NO_RIGHTS',
  ER_COLUMNACCESS_DENIED_ERROR: 'NO_RIGHTS',
  ER_VIEW_INVALID: 'TABLE_MISSING',
  '42P01': 'TABLE_MISSING',
  '3F000': 'TABLE_MISSING',
  ER_NO_SUCH_TABLE: 'TABLE_MISSING',
  '42703': 'COLUMN_MISSING',
  ER_BAD_FIELD_ERROR: 'COLUMN_MISSING',
  '22021': 'CHARSET_UNSUPPORTED',
  '22P05': 'CHARSET_UNSUPPORTED',
  UND_ERR_CONNECT_TIMEOUT: 'UNREACHABLE',
  UND_ERR_SOCKET: 'UNREACHABLE',
  UND_ERR_HEADERS_TIMEOUT: 'TIMED_OUT',
  UND_ERR_BODY_TIMEOUT: 'TIMED_OUT',
  HANDSHAKE_SSL_ERROR: 'TLS_FAILED',
  HANDSHAKE_NO_SSL_SUPPORT: 'TLS_FAILED',
};
/** The connection is lost, or was never made. */
const UNREACHABLE =
  /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|PROTOCOL_CONNECTION_LOST|57P0|08)|Connection terminated|closed state/;
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)|does not support SSL|SSL connection/;
/** Words of `pg` for requests to sign in that only PostgreSQL's relatives make. */
const UNSUPPORTED = /Unknown authenticationOk message type|SASL: Only mechanism/;

/** The fault that a driver's error stands for. */
export function toSourceFault(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (known) return new SourceFault(known, undefined, error);
  if (UNSUPPORTED.test(message)) return new SourceFault('AUTHENTICATION_UNSUPPORTED', undefined, error);
  if (TLS.test(code) || TLS.test(message)) return new SourceFault('TLS_FAILED', undefined, error);
  if (UNREACHABLE.test(code) || UNREACHABLE.test(message)) return new SourceFault('UNREACHABLE', undefined, error);
  if (/time(d )?out/i.test(message)) return new SourceFault('TIMED_OUT', undefined, error);
  return new SourceFault('FAILED', undefined, error);
}

/** Faults that concern the source as a whole: until it is looked at again nobody waits for it. */
export const CONNECTION_FAULTS: ReadonlySet<SourceFaultCode> = new Set<SourceFaultCode>([
  'ADDRESS_REFUSED',
  'UNREACHABLE',
  'TLS_FAILED',
  'SIGN_IN_REFUSED',
  'TOKEN_REFUSED',
  'TOKEN_UNREADABLE',
  'AUTHENTICATION_UNSUPPORTED',
  'DATABASE_UNKNOWN',
  'CREDENTIAL_UNREADABLE',
]);

/** Faults after which further calls of a service would only be waited for. */
const OUTAGES: ReadonlySet<SourceFaultCode> = new Set<SourceFaultCode>([
  'UNREACHABLE',
  'TLS_FAILED',
  'TIMED_OUT',
  'ANSWER_TOO_LARGE',
  'ANSWER_UNREADABLE',
  'FAILED',
]);
export const isOutage = ({ code, detail }: SourceFault): boolean =>
  OUTAGES.has(code) || (code === 'STATUS_REFUSED' && Number(detail) >= 500);
