import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hashMigration } from '../support/migration-sql.js';
import { readSubgraphDatabases } from './support/migrations-by-subgraph.js';

/** `npm run migrations:lock`: adds the hash of each new migration. The hash of one that is locked is never written
 *  again: what has run somewhere is followed by a new migration, not edited. */
for (const { subgraph, migrations, lockFile } of await readSubgraphDatabases()) {
  const locked = (existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')) : {}) as Record<string, string>;
  for (const { name, class: migration } of migrations) {
    if (locked[name] !== undefined) continue;
    locked[name] = await hashMigration(migration);
    process.stdout.write(`${subgraph}: locked ${name}\n`);
  }
  writeFileSync(lockFile, `${JSON.stringify(locked, null, 2)}\n`);
}
