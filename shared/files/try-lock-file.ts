import { DatabaseSync } from 'node:sqlite';

const BUSY = 5;

/** Locks a file for the caller alone. It is a lock of the operating system, taken by the SQLite that is built into Node,
 *  so it ends with the process however that ends, and nobody has to guess whether a lock was left by a dead process. The
 *  file stays empty.
 *  @returns  a function that releases the lock; undefined when somebody else holds it, here or in another process */
export function tryLockFile(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY) return undefined;
    throw error;
  }
  return () => database.close();
}
