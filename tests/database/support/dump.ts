import { execFileSync } from 'node:child_process';
import type pg from 'pg';

/** Dumps a database as SQL that any PostgreSQL client can run: no psql commands, no session settings of the server's
 *  version. Needs `pg_dump` (Debian: postgresql-client), as new as the server.
 *  @param url  connection URL of the database */
export function dumpDatabase(url: string): string {
  const text = execFileSync('pg_dump', ['--inserts', '--no-owner', '--no-privileges', `--dbname=${url}`], {
    encoding: 'utf8',
  });
  return text
    .split('\n')
    .filter((line) => !/^(\\|SET |--|SELECT pg_catalog\.set_config)/.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimStart();
}

/** Runs a dump in an empty database. */
export async function restoreDump(client: pg.ClientBase, dump: string): Promise<void> {
  // pg_dump names everything with its schema, and checks no function body before its tables exist.
  await client.query(`set search_path to ''; set check_function_bodies = off;\n${dump}`);
  await client.query('reset search_path; reset check_function_bodies');
}
