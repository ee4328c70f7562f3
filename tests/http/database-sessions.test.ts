import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DatabaseSessions } from '../../gateway/http/session/database-sessions.js';
import type { PersonTokens } from '../../gateway/http/session/person-session.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { PageSessions } from '../../subgraphs/governance/migrations/049-page-sessions.js';
import { readMigrationSql } from '../support/migration-sql.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const HOUR = 3_600_000;
const SECRET = 'a secret of the hub that is long enough';
const database = testDatabaseName('sessions');
let server: DatabaseServer;
let pool: pg.Pool;
let renewals: PersonTokens[];
let renew: (tokens: PersonTokens) => PersonTokens | undefined;

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  pool = new pg.Pool({ connectionString: server.url(database) });
  pool.on('error', () => undefined);
  for (const statement of await readMigrationSql(PageSessions)) await pool.query(statement);
}, 60_000);
beforeEach(async () => {
  await pool.query('truncate page_session');
  renewals = [];
  renew = (tokens) => ({ ...tokens, accessToken: 'new', refreshToken: 'second', expiresAt: Date.now() + HOUR });
});
afterAll(async () => {
  await pool.end();
  await server.dropDatabase(database);
  await server.stop();
});

const gateway = (secret = SECRET): DatabaseSessions =>
  new DatabaseSessions(pool, envelopeKeys(secret, 'page-sessions'), async (tokens) => {
    renewals.push(tokens);
    return renew(tokens);
  });

const tokens = (expiresAt: number): PersonTokens => ({
  subject: 'zhou',
  accessToken: 'access-token-of-zhou',
  idToken: 'id-token-of-zhou',
  refreshToken: 'first',
  expiresAt,
});

describe('sessions in the database', () => {
  it('are found at every gateway by their identifier alone, until they end', async () => {
    const known = tokens(Date.now() + HOUR);
    const id = await gateway().begin(known);
    expect(await gateway().find('guess')).toBeUndefined();
    expect(await gateway().find(id)).toEqual(known);
    expect(await gateway().end(id)).toEqual(known);
    expect(await gateway().find(id)).toBeUndefined();
    expect(await gateway().end(id)).toBeUndefined();
  });

  it('show who reads the database neither an identifier nor a token', async () => {
    const id = await gateway().begin(tokens(Date.now() + HOUR));
    const { rows } = await pool.query('select page_session::text as row from page_session');
    expect(rows[0].row).not.toMatch(new RegExp(`${id}|of-zhou|first`));
    expect(await gateway('another secret of a hub, long enough').find(id)).toBeUndefined();
  });

  it('hold no tokens that were put under another identifier', async () => {
    const id = await gateway().begin(tokens(Date.now() + HOUR));
    const other = await gateway().begin({ ...tokens(Date.now() + HOUR), subject: 'wu' });
    await pool.query('update page_session set tokens = (select max(tokens) from page_session)');
    const found = [await gateway().find(id), await gateway().find(other)].map((each) => each?.subject);
    expect(found.filter((subject) => subject === undefined)).toHaveLength(1);
  });

  it('end after half an hour without use and after a working day with it', async () => {
    const idle = await gateway().begin(tokens(Date.now() + HOUR));
    await pool.query(`update page_session set seen = now() - interval '29 minutes'`);
    expect(await gateway().find(idle)).toBeDefined();
    await pool.query(`update page_session set seen = now() - interval '31 minutes'`);
    expect(await gateway().find(idle)).toBeUndefined();
    const long = await gateway().begin(tokens(Date.now() + HOUR));
    await pool.query('update page_session set ends = now()');
    expect(await gateway().find(long)).toBeUndefined();
    await gateway().begin(tokens(Date.now() + HOUR));
    expect((await pool.query('select 1 from page_session')).rowCount).toBe(1);
  });

  it('renew tokens that are about to end once, also for requests at several gateways', async () => {
    const id = await gateway().begin(tokens(Date.now() + 30_000));
    const found = await Promise.all([1, 2, 3].map(() => gateway().find(id)));
    expect(found.map((each) => each!.accessToken)).toEqual(['new', 'new', 'new']);
    expect(renewals.map(({ refreshToken }) => refreshToken)).toEqual(['first']);
  });

  it('go on with tokens that still hold where the provider refuses new ones, and end with them', async () => {
    renew = () => undefined;
    const holding = await gateway().begin(tokens(Date.now() + 30_000));
    expect((await gateway().find(holding))!.accessToken).toBe('access-token-of-zhou');
    const ended = await gateway().begin(tokens(Date.now() - 1));
    expect(await gateway().find(ended)).toBeUndefined();
  });
});
