import { createHash } from 'node:crypto';
import type { Migrations } from '../../shared/database/index.js';

/** The statements a migration executes, in order. */
export async function readMigrationSql(migration: Migrations[number]['class']): Promise<readonly string[]> {
  // A migration only collects literal statements: it may not look at the database, so it is given none.
  const instance = new migration(...([] as never[]));
  await instance.up();
  return instance.getQueries().map((statement) => {
    if (typeof statement === 'string') return statement;
    throw new TypeError(`${migration.name} adds a statement that is not a string.`);
  });
}

/** SHA-256 of the statements; the file's comments, imports and place may change. */
export async function hashMigration(migration: Migrations[number]['class']): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await readMigrationSql(migration)))
    .digest('hex');
}
