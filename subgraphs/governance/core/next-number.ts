import type { EntityManager } from '@mikro-orm/postgresql';

/** The next number of a sequence as an identifier, e.g. `Z-000012`. */
export async function nextNumber(em: EntityManager, sequence: string, letter: string): Promise<string> {
  const [{ number }] = await em.execute<[{ number: string }]>(`select nextval(?) as number`, [sequence]);
  return `${letter}-${number.padStart(6, '0')}`;
}
