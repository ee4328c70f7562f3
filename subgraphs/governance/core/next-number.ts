import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** The next number of a sequence as an identifier, e.g. `Z-000012`. */
export async function nextNumber(em: EntityManager, sequence: string, letter: string): Promise<string> {
  const { rows } = await sql<{ number: string }>`select nextval(${sequence}) as number`.execute(em.getKysely());
  return `${letter}-${rows[0]!.number.padStart(6, '0')}`;
}
