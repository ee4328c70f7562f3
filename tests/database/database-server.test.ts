import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabaseServer, type DatabaseServer } from '../../shared/database/index.js';
import { projectRoot } from '../../shared/share/directive-definitions.js';
import { TEST_DATA_DIR, testDatabaseName } from '../support/test-database.js';

const rows = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
};
const postmaster = (server: DatabaseServer) => new URL(server.url('postgres')).port;

describe('a given database server', () => {
  it.each([
    ['not a url', 'is not a URL'],
    ['mysql://root:geheim@localhost/x', 'starts with "mysql:"'],
  ])('refuses %s, without repeating the password', async (databaseUrl, why) => {
    const opened = openDatabaseServer({ dataDir: 'unused', databaseUrl });
    await expect(opened).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(why) });
    await expect(opened).rejects.not.toMatchObject({ message: expect.stringContaining('geheim') });
  });

  it('says that nothing listens there, and where, without the password', async () => {
    const databaseUrl = 'postgresql://me:geheim@127.0.0.1:1/x';
    const opened = openDatabaseServer({ dataDir: 'unused', databaseUrl });
    await expect(opened).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message:
        'The database at 127.0.0.1:1/x cannot be used: nothing listens there. Start the server, or correct DATABASE_URL.',
    });
  });
});

describe.each(['embedded', 'given'] as const)('an %s server', (kind) => {
  let embedded: DatabaseServer;
  let server: DatabaseServer;
  beforeAll(async () => {
    embedded = await openDatabaseServer({ dataDir: TEST_DATA_DIR });
    server =
      kind === 'embedded'
        ? embedded
        : await openDatabaseServer({ dataDir: 'unused', databaseUrl: embedded.url('postgres') });
  }, 60_000);
  afterAll(() => embedded.stop());

  it('refuses a name that could not be a database', async () => {
    await expect(server.createDatabase('x; drop')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('creates a database once, copies it, and drops it', async () => {
    const [name, copy] = [testDatabaseName('server'), testDatabaseName('copy')];
    expect(await server.createDatabase(name)).toBe(true);
    expect(await server.createDatabase(name)).toBe(false);
    await rows(server.url(name), 'create table kept as select 7 as n');
    expect(await server.createDatabase(copy, name)).toBe(true);
    expect(await rows(server.url(copy), 'select n from kept')).toEqual([{ n: 7 }]);
    await server.dropDatabase(copy);
    await server.dropDatabase(name);
    await expect(rows(server.url(name), 'select 1')).rejects.toMatchObject({ code: '3D000' });
  });

  it('takes a hyphen and an underscore for the same', () => {
    expect(server.url('legal-entity')).toBe(server.url('legal_entity'));
  });
});

describe('the embedded server', () => {
  it('names the setting when its folder cannot be written', async () => {
    const file = join(projectRoot(), 'package.json', 'data');
    await expect(openDatabaseServer({ dataDir: file })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('DATA_DIR'),
    });
  });

  const folders: string[] = [];
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'sharehub-test-'));
    chmodSync(path, 0o755);
    folders.push(path);
    return path;
  };
  let dataDir: string;
  beforeAll(() => void (dataDir = folder()));
  afterAll(() => {
    for (const path of folders) rmSync(path, { recursive: true, force: true });
  });

  it('is one server for all that open it at once, and ends with the last of them', async () => {
    const [first, second] = await Promise.all([openDatabaseServer({ dataDir }), openDatabaseServer({ dataDir })]);
    expect(postmaster(second)).toBe(postmaster(first));
    await first.createDatabase('kept');
    await first.stop();
    expect(await second.createDatabase('kept')).toBe(false);
    await second.stop();
    await expect(rows(second.url('kept'), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }, 60_000);

  it('comes back with its rows after it was killed', async () => {
    const before = await openDatabaseServer({ dataDir });
    await rows(before.url('kept'), 'create table kept as select 7 as n');
    const [pid] = readFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
    const after = await openDatabaseServer({ dataDir });
    expect(await rows(after.url('kept'), 'select n from kept')).toEqual([{ n: 7 }]);
    expect(postmaster(after)).toBe(postmaster(before));
    await before.stop();
    await after.stop();
  }, 60_000);

  it('is started again where it was by those who use it, each time it is killed', async () => {
    const server = await openDatabaseServer({ dataDir });
    for (let kill = 0; kill < 3; kill++) {
      const [pid] = readFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      const deadline = Date.now() + 30_000;
      let found: unknown;
      while (!found && Date.now() < deadline)
        found = await rows(server.url('kept'), 'select n from kept').catch(() => undefined);
      expect(found).toEqual([{ n: 7 }]);
    }
    await server.stop();
    await expect(rows(server.url('kept'), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }, 120_000);

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot(
    'keeps its data elsewhere, and says where, when its account cannot enter the folder',
    async () => {
      const closed = folder();
      chmodSync(closed, 0o700);
      const lines: string[] = [];
      const server = await openDatabaseServer({ dataDir: closed, log: (line) => lines.push(line) });
      await server.stop();
      const location = readFileSync(join(closed, 'postgresql.location'), 'utf8');
      folders.push(join(location, '..'));
      expect(lines.join()).toContain(join(location, '..'));
      const again = await openDatabaseServer({ dataDir: closed });
      expect(await again.createDatabase('postgres')).toBe(false);
      await again.stop();
    },
    60_000,
  );
});
