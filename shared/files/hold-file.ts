import { DatabaseSync } from 'node:sqlite';

const BUSY = 5;

/** Holds a file for the caller alone. The hold is a lock of the operating system, taken by the SQLite that is built into
 *  Node: it ends with the process however that ends, so nobody has to guess whether a hold is a dead one's. The file
 *  stays empty.
 *  @returns  what lets it go; undefined when somebody else holds it, here or in another process */
export function holdFile(path: string): (() => void) | undefined {
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
