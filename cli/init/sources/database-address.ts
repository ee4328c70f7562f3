import { InitRefusal } from '../init-refusal.js';

/** Longest time to connect, and longest statement, milliseconds. */
export const CONNECT_MS = 10_000;
export const STATEMENT_MS = 20_000;

/** Address of a database for messages, without user and password. */
function shownDatabase(url: URL): string {
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${url.hostname}${port}${decodeURIComponent(url.pathname)}`;
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be resolved',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
};
const REFUSED: Readonly<Record<string, string>> = {
  '28P01': 'the user name or the password was refused',
  '28000': 'the user was refused',
  '3D000': 'that database does not exist',
  ER_ACCESS_DENIED_ERROR: 'the user name or the password was refused',
  ER_DBACCESS_DENIED_ERROR: 'the user may not enter that database',
  ER_BAD_DB_ERROR: 'that database does not exist',
};

/** A failed connection in words. The driver's own text stays in `cause`: it may hold more than its reader should see. */
export function connectionRefusal(error: unknown, url: URL): InitRefusal {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const at = shownDatabase(url);
  const refused = REFUSED[code];
  if (refused !== undefined)
    return new InitRefusal('SOURCE_REFUSED', `The database at ${at} lets nobody in: ${refused}.`, { cause: error });
  if (/unknown authenticat|SASL|SCRAM/i.test(message))
    return new InitRefusal(
      'SOURCE_REFUSED',
      `The database at ${at} asks for a way to sign in that is not known (openGauss: sha256 or SM3). Use an account whose password is stored for md5.`,
      { cause: error },
    );
  const reason =
    UNREACHABLE[code] ?? (/timeout/i.test(message) ? 'it did not answer in time' : 'the connection failed');
  return new InitRefusal('SOURCE_UNREACHABLE', `The database at ${at} cannot be reached: ${reason}.`, { cause: error });
}

/** A failed reading of a catalogue in words; a refusal that says more already stays as it is. */
export const unreadableRefusal = (error: unknown, url: URL): InitRefusal =>
  error instanceof InitRefusal
    ? error
    : new InitRefusal(
        'SOURCE_UNREADABLE',
        `The catalogue of the database at ${shownDatabase(url)} cannot be read (${(error as { code?: string }).code ?? 'no code'}).`,
        { cause: error },
      );
