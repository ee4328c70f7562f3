import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Migrations } from '../../shared/database/index.js';
import { hashMigration } from '../support/migration-sql.js';
import { compareWithLock, type MigrationLock } from './support/migration-lock.js';
import { readSubgraphDatabases } from './support/migrations-by-subgraph.js';

const subgraphs = await readSubgraphDatabases();

describe('migrations', () => {
  it.each(subgraphs.map(({ subgraph, ...rest }) => [subgraph, rest] as const))(
    'of %s are those that were committed, in their order',
    async (_, { migrations, lockFile }) => {
      expect(existsSync(lockFile)).toBe(true);
      const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as MigrationLock;
      expect(await compareWithLock(migrations, lock)).toEqual([]);
    },
  );
});

describe('a release', () => {
  it('keeps its databases as dumps, which later versions are tested to upgrade', () => {
    const released = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## v?(\d+\.\d+\.\d+)/gm)].map(
      ([, one]) => one!,
    );
    const undumped = released.flatMap((version) =>
      subgraphs
        .map(({ subgraph }) => `tests/database/dumps/${version}/${subgraph}.sql`)
        .filter((dump) => !existsSync(dump)),
    );
    expect(undumped).toEqual([]);
  });
});

describe('the lock of migrations', () => {
  const [first, second] = [migration('create table a ()'), migration('create table b ()')];
  const lockOf = async (migrations: Migrations): Promise<MigrationLock> =>
    Object.fromEntries(await Promise.all(migrations.map(async (one) => [one.name, await hashMigration(one.class)])));

  it('finds a migration that was edited', async () => {
    const lock = await lockOf([{ name: '001', class: first }]);
    expect(await compareWithLock([{ name: '001', class: second }], lock)).toEqual([
      '001 was edited after it was committed. Undo that, and write a new migration.',
    ]);
  });

  it('finds one that was removed', async () => {
    const lock = await lockOf([{ name: '001', class: first }]);
    expect(await compareWithLock([], lock)).toEqual(['001 was removed: databases remember that it ran.']);
  });

  it('finds one that is not locked', async () => {
    expect(await compareWithLock([{ name: '001', class: first }], {})).toEqual([
      '001 has no hash. Run `npm run migrations:lock` and commit the file.',
    ]);
  });

  it('finds an order that changed', async () => {
    const both: Migrations = [
      { name: '001', class: first },
      { name: '002', class: second },
    ];
    expect(await compareWithLock([...both].reverse(), await lockOf(both))).toEqual([
      'The order is not the committed one: 001, 002.',
    ]);
  });
});

function migration(sql: string): Migrations[number]['class'] {
  const statements: string[] = [];
  return class {
    up = () => statements.push(sql);
    getQueries = () => statements.splice(0);
  } as unknown as Migrations[number]['class'];
}
