import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { testDatabaseName } from './test-database.js';

/** Everything that decides what the first start of a subgraph writes. */
const SOURCES = ['shared', 'subgraphs', 'schema'];
/** PostgreSQL: there is no such database; there is one already. */
const [MISSING, THERE] = ['3D000', '42P04'];

let sources: string | undefined;
const hashOfSources = (): string =>
  (sources ??= SOURCES.reduce((hash, folder) => {
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (file.isFile()) hash.update(readFileSync(join(file.parentPath, file.name)));
    return hash;
  }, createHash('sha256')).digest('hex'));

/** Creates a database that is filled as a first start fills it: by whoever needs it first, and copied by all others of
 *  the same day and the same sources.
 *  @param purpose  names what it is filled with
 *  @param fill     fills the database at a URL, and leaves nobody connected to it */
export async function createFilledDatabase(
  server: DatabaseServer,
  database: string,
  purpose: string,
  fill: (url: string) => Promise<void>,
): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const hash = createHash('sha256').update(hashOfSources()).update(`${purpose} ${day}`).digest('hex').slice(0, 32);
  const template = `filled_${hash}`;
  const copy = () => server.createDatabase(database, template);
  try {
    await copy();
  } catch (error) {
    if (codeOf(error) !== MISSING) throw error;
    const made = testDatabaseName('filling');
    await server.createDatabase(made);
    await fill(server.url(made));
    await keep(server, made, template);
    await copy();
  }
}

/** Makes a filled database the template, unless another process was quicker, and drops those that are a day old. */
async function keep(server: DatabaseServer, made: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  const named = (name: string) => client.escapeIdentifier(new URL(server.url(name)).pathname.slice(1));
  try {
    await client.query(`alter database ${named(made)} rename to ${named(template)}`);
    const { rows } = await client.query<{ now: string; old: string[] }>(
      `select now()::text as now, array(select datname from pg_database where datname ~ 'filled_[0-9a-f]{32}$'
         and shobj_description(oid, 'pg_database')::timestamptz < now() - interval '1 day') as old`,
    );
    const { now, old } = rows[0]!;
    await client.query(`comment on database ${named(template)} is ${client.escapeLiteral(now)}`);
    for (const name of old) await client.query(`drop database if exists ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (codeOf(error) !== THERE) throw error;
    await server.dropDatabase(made);
  } finally {
    await client.end();
  }
}

const codeOf = (error: unknown): string | undefined => {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return cause?.code ?? code;
};
