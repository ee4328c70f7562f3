import { sql } from 'kysely';
import { type Database, openTables } from './open-tables.js';

/** The next number of a sequence as an identifier, e.g. `Z-000012`. */
export async function nextNumber(database: Database, sequence: string, letter: string): Promise<string> {
  const { rows } = await sql<{ number: string }>`select nextval(${sequence}) as number`.execute(openTables(database));
  return `${letter}-${rows[0]!.number.padStart(6, '0')}`;
}
