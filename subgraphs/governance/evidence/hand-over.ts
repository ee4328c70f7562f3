import { nextNumber, type HandOver } from '../core/index.js';
import { evidenceTables } from './tables.js';

/** Keeps sealed what departments do under scenarios that go elsewhere. The seal of the department that is left stays as it is:
 *  its records name that department for good. */
export async function handOverSeals({ database, moves, moved }: HandOver): Promise<void> {
  const db = evidenceTables(database);
  for (const { code, from, to } of moves.scenarios) {
    const seals = await db
      .selectFrom('use_seal')
      .select(['id', 'grant_id', 'scenario', 'until_at', 'reason', 'basis'])
      .where('department', '=', from)
      .where((eb) => eb.or([eb('scenario', 'is', null), eb('scenario', '=', code)]))
      .where('lifted_at', 'is', null)
      .where('until_at', '>', moves.at)
      .orderBy('id')
      .execute();
    for (const { id, basis, ...seal } of seals) {
      await db
        .insertInto('use_seal')
        .values({
          ...seal,
          until_at: new Date(seal.until_at),
          scenario: code,
          id: await nextNumber(database, 'use_seal_number', 'S'),
          department: to,
          from_at: moves.at,
          lifted_at: null,
          basis: JSON.stringify(basis) as unknown as string[],
        })
        .execute();
      moved('SEAL', `seal/${id}`, from, to);
    }
  }
}
