import { sql } from 'kysely';
import { destinationsOf, type HandOver } from '../core/index.js';
import { say } from './messages/index.js';
import { handOverChecks } from './multi-source/hand-over.js';
import { correctionTables } from './tables.js';

/** Hands over open corrections to the departments that report and correct now, results that are still to be confirmed, and
 *  checks that compare. What is closed keeps the departments of its time. */
export async function handOverCorrections(handOver: HandOver): Promise<void> {
  const { database, moves, moved, gap } = handOver;
  const db = correctionTables(database);
  const open = await db
    .selectFrom('correction')
    .select(['id', 'department', 'provider', 'items'])
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute();
  for (const { id, department, provider, items } of open) {
    const gone = items.filter((item) => moves.resources.some((each) => each.coordinates.includes(item)));
    const [first, ...others] = destinationsOf(moves, provider, gone.length > 0 ? items : []);
    const object = `correction/${id}`;
    if (others.length > 0) {
      gap('CASE_SPLIT', object, say('handOver.split', { departments: [first, ...others].join(', ') }));
      continue;
    }
    const next = {
      department: moves.ended.get(department) ?? department,
      provider: first ?? moves.ended.get(provider) ?? provider,
    };
    if (next.department === department && next.provider === provider) continue;
    await db
      .updateTable('correction')
      .set((eb) => ({
        ...next,
        version: eb('version', '+', 1),
        state: sql<never>`jsonb_set(${eb.ref('state')}, '{version}', to_jsonb(${eb.ref('version')} + 1))`,
        waits_on: sql<
          string[]
        >`array_replace(array_replace(${eb.ref('waits_on')}, ${provider}::text, ${next.provider}::text),
                                              ${department}::text, ${next.department}::text)`,
      }))
      .where('id', '=', id)
      .execute();
    if (next.provider !== provider) moved('CORRECTION', object, provider, next.provider, [next.department]);
    if (next.department !== department) moved('CORRECTION', object, department, next.department, [next.provider]);
  }
  for (const [from, to] of moves.ended)
    await sql`
      update correction_receipt as receipt set department = ${to}
       where department = ${from} and confirmed_at is null
         and not exists (select from correction_receipt as other
                          where other.correction = receipt.correction and other.department = ${to})`.execute(db);
  await handOverChecks(handOver);
}
