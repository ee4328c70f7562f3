import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import type { GovernanceAct } from '../../../shared/evidence/index.js';
import type { FetchContext } from '../../../shared/trust/signed-context.js';
import type { Act, ActFilter } from './act.js';
import type { ListEntry, PageRequest } from './evidence-page-arguments.js';
import { isOlderThan } from './is-older-than.js';
import type { EvidenceDatabase } from './tables.js';
import { useVisibility } from './use-visibility.js';

export interface ActRequest extends PageRequest {
  readonly filter: ActFilter;
  /** Only acts on grants of these items, coordinates. */
  readonly items?: readonly string[] | undefined;
  readonly reader: Pick<FetchContext, 'department' | 'roles'>;
}

/** Acts, newest first: those of the reader's department and those that concern it; all for the authority and the auditor.
 *  @source YN-34a */
export async function readActs(db: EvidenceDatabase, request: ActRequest): Promise<ListEntry<Act>[]> {
  const { filter, items, reader, after, limit } = request;
  const isConcerned = (department: string | null) =>
    sql<SqlBool>`${sql.ref('record.concerns')} @> array[${department}::text]`;
  let acts = db.selectFrom('evidence.record as record').where('record.kind', '=', 'act');
  if (filter.from) acts = acts.where('record.at', '>=', sql<string>`${filter.from.toISOString()}::timestamptz`);
  if (filter.until) acts = acts.where('record.at', '<', sql<string>`${filter.until.toISOString()}::timestamptz`);
  if (filter.act != null) acts = acts.where('record.code', '=', filter.act);
  if (filter.object != null) acts = acts.where('record.object', '=', filter.object);
  if (filter.department != null) acts = acts.where('record.department', '=', filter.department);
  if (filter.concerns != null) acts = acts.where(isConcerned(filter.concerns));
  if (filter.person != null) acts = acts.where('record.person', '=', filter.person);
  if (items)
    acts = acts.where((eb) => {
      const granted = sql`jsonb_array_elements_text(${eb.ref('record.line')}::jsonb #> '{terms,coordinates}')`;
      return sql<SqlBool>`exists (select from ${granted} item where item = any(${items}::text[]))`;
    });
  if (!useVisibility(reader).all)
    acts = acts.where((eb) => eb.or([eb('record.department', '=', reader.department), isConcerned(reader.department)]));
  if (after) acts = acts.where(isOlderThan(after));
  const rows = await acts
    .select((eb) => ['record.position', epochMs(eb.ref('record.at')).as('at'), 'record.line'])
    .orderBy('record.at', 'desc')
    .orderBy('record.position', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ position, at, line }) => {
    const { kind: _, time, ...act } = JSON.parse(line) as GovernanceAct;
    return { at, position: Number(position), node: { ...act, position: Number(position), time: new Date(time) } };
  });
}
