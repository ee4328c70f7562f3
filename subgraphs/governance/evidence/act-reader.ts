import type { GovernanceAct } from '../../../shared/evidence/governance-act.js';
import type { Query } from '../../../shared/evidence/store/store-connection.js';
import type { FetchContext } from '../../../shared/trust/signed-context.js';
import type { ActEntry, ActFilter } from './act-entry.js';
import { Conditions } from './conditions.js';
import type { Place } from './cursor.js';
import { viewerOf } from './viewer.js';

export type FoundAct = Place & { readonly entry: ActEntry };
export interface ActRequest {
  readonly filter: ActFilter;
  /** Only acts on grants of these items, coordinates. */
  readonly items?: readonly string[] | undefined;
  readonly reader: Pick<FetchContext, 'department' | 'roles'>;
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** Acts, newest first: those of the reader's department and those that concern it; all for the authority and the auditor.
 *  @source YN-34a */
export async function readActs(query: Query, request: ActRequest): Promise<FoundAct[]> {
  const { filter, items, reader, after, limit } = request;
  const conditions = new Conditions()
    .add(`kind = 'act'`)
    .addGiven('at >= ?::timestamptz', filter.from?.toISOString())
    .addGiven('at < ?::timestamptz', filter.until?.toISOString())
    .addGiven('code = ?', filter.act)
    .addGiven('object = ?', filter.object)
    .addGiven('department = ?', filter.department)
    .addGiven('concerns @> array[?::text]', filter.concerns)
    .addGiven('person = ?', filter.person);
  if (items)
    conditions.add(
      `exists (select from jsonb_array_elements_text(line::jsonb #> '{terms,coordinates}') item where item = any(?::text[]))`,
      items,
    );
  if (!viewerOf(reader).all)
    conditions.add(
      'department = ? or concerns @> array[?::text]',
      reader.department || null,
      reader.department || null,
    );
  if (after)
    conditions.add('(at, position) < (?::timestamptz, ?::bigint)', new Date(after.at).toISOString(), after.position);
  const last = conditions.value(limit);
  const rows = await query(
    `select position, (extract(epoch from at) * 1000)::float8 as at_ms, line from evidence.record
      where ${conditions.text} order by at desc, position desc limit ${last}`,
    conditions.values,
  );
  return rows.map((row) => {
    const { kind: _, time, ...act } = JSON.parse(String(row['line'])) as GovernanceAct;
    const position = Number(row['position']);
    return { at: Number(row['at_ms']), position, entry: { ...act, position, time: new Date(time) } };
  });
}
