import { HubError } from '../kernel/index.js';
import { shownAddress } from './database-url.js';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start the server, or correct DATABASE_URL',
  ENOTFOUND: 'the host name is unknown. Correct DATABASE_URL',
  EAI_AGAIN: 'the host name could not be resolved. Correct DATABASE_URL',
  ETIMEDOUT: 'it did not answer in time. Check the address and the network',
  EHOSTUNREACH: 'the host cannot be reached. Check the address and the network',
  '28P01': 'the user name or password was refused. Correct DATABASE_URL',
  '28000': 'the user was refused. Correct DATABASE_URL or the server’s pg_hba.conf',
  '3D000': 'that database does not exist. Create it, or name another in DATABASE_URL',
  '42501': 'the user may not do this. Grant it CREATEDB',
  '53300': 'it has no free connection. Raise max_connections, or close other clients',
  '57P03': 'it is still starting or is shutting down. Try again in a moment',
};

/** A failed connection or administration command in words for the person who runs the hub.
 *  The driver's own text stays in `cause`: it may hold SQL, and goes to the log only. */
export function databaseUnavailable(error: unknown, url: URL): HubError {
  if (error instanceof HubError) return error;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const reason =
    REASONS[code] ?? (/timeout/i.test(message) ? REASONS['ETIMEDOUT'] : `it failed (${code || 'no error code'})`);
  return new HubError(
    'DATABASE_UNAVAILABLE',
    `The database at ${shownAddress(url)} cannot be used: ${reason}.`,
    { address: shownAddress(url) },
    { cause: error },
  );
}
