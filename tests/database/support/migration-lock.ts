import type { Migrations } from '../../../shared/database/index.js';
import { hashMigration } from '../../support/migration-sql.js';

/** Hash of every committed migration, by name, in the order they run. */
export type MigrationLock = Readonly<Record<string, string>>;

/** Compares the migrations with their committed hashes.
 *  @returns problems as human-readable messages */
export async function compareWithLock(migrations: Migrations, lock: MigrationLock): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, class: migration } of migrations) {
    if (lock[name] === undefined)
      problems.push(`${name} has no hash. Run \`npm run migrations:lock\` and commit the file.`);
    else if (lock[name] !== (await hashMigration(migration)))
      problems.push(`${name} was edited after it was committed. Undo that, and write a new migration.`);
  }
  const names = migrations.map((migration) => migration.name);
  const removed = Object.keys(lock).filter((name) => !names.includes(name));
  problems.push(...removed.map((name) => `${name} was removed: databases remember that it ran.`));
  const committed = Object.keys(lock);
  if (problems.length === 0 && committed.join() !== names.join())
    problems.push(`The order is not the committed one: ${committed.join(', ')}.`);
  return problems;
}
