import { HubError } from '../kernel/index.js';

/** Reads a PostgreSQL URL and refuses one that cannot work, before anything is started with it.
 *  @throws HubError CONFIG_INVALID naming DATABASE_URL and what is wrong; never the password */
export function readDatabaseUrl(text: string): URL {
  const wrong = (why: string) =>
    new HubError('CONFIG_INVALID', `DATABASE_URL ${why}. Expected postgresql://user:password@host:5432/postgres.`, {
      setting: 'DATABASE_URL',
    });
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrong('is not a URL');
  }
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw wrong(`starts with "${url.protocol}", not with "postgresql:"`);
  if (!url.hostname && !url.searchParams.has('host')) throw wrong('names no host');
  if (url.pathname === '' || url.pathname === '/') url.pathname = '/postgres';
  return url;
}

/** The same server, another database. */
export function withDatabase(url: URL, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** A server's address as it may be shown to the person who runs the hub: no user, no password. */
export const shownAddress = (url: URL): string =>
  `${url.searchParams.get('host') ?? url.hostname}:${url.port || '5432'}${decodeURIComponent(url.pathname)}`;
