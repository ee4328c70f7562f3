import type { Database } from '../core/index.js';
import { registerTables } from './tables.js';

/** Identifiers of all persons and systems, suspended ones too: both stand for an actor in the records. */
export async function findIdentifiers(database: Database): Promise<string[]> {
  const db = registerTables(database);
  const officers = await db.selectFrom('officer').select('subject as id').execute();
  const systems = await db.selectFrom('registered_system').select('client_id as id').execute();
  return [...officers, ...systems].map(({ id }) => id);
}
