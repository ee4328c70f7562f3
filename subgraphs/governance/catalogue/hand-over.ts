import { sql } from 'kysely';
import type { Database, HandOver, ResourceMove } from '../core/index.js';
import { anyOf } from '../core/index.js';
import { catalogueTables } from './tables.js';

/** An entry with what names it in its subgraph. */
export type OwnedEntry = Omit<ResourceMove, 'from' | 'to'> & { readonly provider: string };

/** Entries that departments answer for, with the items of every revision that is not history, and of what is in force: those
 *  of the codes, and all of the departments. */
export async function findOwnedEntries(
  database: Database,
  { codes = [], departments = [] }: { readonly codes?: readonly string[]; readonly departments?: readonly string[] },
): Promise<OwnedEntry[]> {
  const { rows } = await sql<OwnedEntry>`
    select code, provider, max(subgraph) as subgraph, max(type_name) as type,
           coalesce((select json_agg(distinct coordinate) from (
              select item.coordinate from catalogue_item item join catalogue_resource each on each.id = item.resource
               where each.code = entry.code and each.superseded_at is null and item.coordinate is not null
              union select coordinate from published_item where resource = entry.code) as items), '[]') as coordinates
      from catalogue_resource entry
     where superseded_at is null and (code = any(${[...codes]}::text[]) or provider = any(${[...departments]}::text[]))
     group by code, provider order by code`.execute(catalogueTables(database));
  return rows;
}

/** Hands over entries with their items, in force and in work, and the updates that are owed. Revisions that are history keep
 *  the department of their time. */
export async function handOverCatalogue({ database, moves, moved }: HandOver): Promise<void> {
  const db = catalogueTables(database);
  for (const { code, from, to } of moves.resources) {
    const entries = await db
      .updateTable('catalogue_resource')
      .set((eb) => ({ provider: to, version: eb('version', '+', 1), updated_at: moves.at }))
      .where('code', '=', code)
      .where('provider', '=', from)
      .where('superseded_at', 'is', null)
      .returning(['id', 'revision', 'version', 'state'])
      .execute();
    const ids = entries.map(({ id }) => id);
    await db
      .updateTable('catalogue_item')
      .set({ provider: to })
      .where('resource', '=', anyOf(ids))
      .where('provider', '=', from)
      .execute();
    await db
      .updateTable('published_item')
      .set({ provider: to })
      .where('resource', '=', code)
      .where('provider', '=', from)
      .execute();
    for (const { revision, version, state } of entries)
      await db
        .insertInto('catalogue_change')
        .values({
          ...{ code, revision, version, at: moves.at, department: from, person: moves.by, act: 'HAND_OVER' },
          ...{ from_state: state, to_state: state, reason: moves.reform },
          basis: sql<string[]>`${JSON.stringify(moves.basis)}::jsonb`,
          attributes: sql<never>`${JSON.stringify([{ attribute: 'provider', before: from, after: to }])}::jsonb`,
        })
        .execute();
    moved('RESOURCE', `resource/${code}`, from, to);
    await moveTasks(db, code, { from, to }, moved);
  }
  for (const [from, to] of moves.ended) await moveTasks(db, undefined, { from, to }, moved);
}

/** @param code  the entry that they wait for; all of the department where absent */
async function moveTasks(
  db: ReturnType<typeof catalogueTables>,
  code: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
  moved: HandOver['moved'],
): Promise<void> {
  const tasks = await db
    .updateTable('catalogue_task')
    .set({ department: to })
    .where('department', '=', from)
    .where('closed_at', 'is', null)
    .$if(code !== undefined, (query) => query.where('code', '=', code!))
    .returning('id')
    .execute();
  for (const { id } of tasks) moved('TASK', `task/${id}`, from, to);
}
