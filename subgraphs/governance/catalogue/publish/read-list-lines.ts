import { sql } from 'kysely';
import type { ShareType } from '../../../../shared/kernel/index.js';
import type { Database } from '../../core/index.js';
import { catalogueTables } from '../tables.js';

/** Lines to read, in the order of their keys' bytes. */
export interface LineRange {
  /** Code of one department; every department's where absent. */
  readonly department?: string | undefined;
  /** Key behind which the lines begin; '' for the first. */
  readonly after: string;
  readonly limit: number;
}
interface ResourceLine {
  readonly key: string;
  readonly department: string;
  readonly resource: string;
  readonly name: string;
  /** Coordinates, or names of items that no subgraph serves. */
  readonly items: string[];
  readonly shareType: ShareType;
  readonly basis: string[];
}
export interface SharedResourceLine extends ResourceLine {
  readonly state: 'IN_FORCE' | 'SUSPENDED' | 'UPDATE_DUE' | 'UPDATE_OVERDUE';
  readonly updateCycle: string | null;
  readonly openness: string | null;
}
export interface WithheldItemLine extends ResourceLine {
  readonly state: 'IN_FORCE' | 'SUSPENDED';
}

const inForce = (database: Database) =>
  catalogueTables(database)
    .selectFrom('catalogue_resource as r')
    .where('r.superseded_at', 'is', null)
    .where('r.state', 'in', ['PUBLISHED', 'SUSPENDED'])
    .where('r.kind', '=', 'DATA');

/** Entries in force with the items that their departments must share; the key is the entry's code.
 *  @param now  instant at which open tasks of maintenance are overdue or not */
export async function readSharedResources(
  database: Database,
  now: Date,
  { department, after, limit }: LineRange,
): Promise<SharedResourceLine[]> {
  const rows = await inForce(database)
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('catalogue_item as i')
          .whereRef('i.resource', '=', 'r.id')
          .where('i.share_type', '<>', 'NOT_SHARED')
          .having((eb) => eb.fn.countAll(), '>', 0)
          .select((eb) => [
            sql<
              string[]
            >`array_agg(coalesce(${eb.ref('i.coordinate')}, ${eb.ref('i.name')}) order by ${eb.ref('i.id')})`.as(
              'items',
            ),
            sql<boolean>`bool_or(${eb.ref('i.share_type')} = 'CONDITIONAL')`.as('conditional'),
          ])
          .as('shared'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('catalogue_task as t')
          .whereRef('t.code', '=', 'r.code')
          .where('t.closed_at', 'is', null)
          .select((eb) => sql<boolean | null>`bool_or(${eb.ref('t.due_at')} <= ${now})`.as('late'))
          .as('tasks'),
      (join) => join.onTrue(),
    )
    .select(['r.code', 'r.provider', 'r.name', 'r.state', 'r.legal_basis', 'r.update_cycle', 'r.openness'])
    .select(['shared.items', 'shared.conditional', 'tasks.late'])
    .$if(department !== undefined, (query) => query.where('r.provider', '=', department!))
    .where((eb) => sql<boolean>`${eb.ref('r.code')} collate "C" > ${after}`)
    .orderBy((eb) => sql`${eb.ref('r.code')} collate "C"`)
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    key: row.code,
    department: row.provider,
    resource: row.code,
    name: row.name,
    items: row.items,
    shareType: row.conditional ? 'CONDITIONAL' : 'UNCONDITIONAL',
    state:
      row.state === 'SUSPENDED'
        ? 'SUSPENDED'
        : row.late === null
          ? 'IN_FORCE'
          : row.late
            ? 'UPDATE_OVERDUE'
            : 'UPDATE_DUE',
    basis: row.legal_basis ?? [],
    updateCycle: row.update_cycle ?? null,
    openness: row.openness ?? null,
  }));
}

/** Compared by its bytes. */
const KEY_OF_ITEM = sql<string>`(r.code || ' ' || coalesce(i.coordinate, i.name)) collate "C"`;

/** Items in force that are not shared, with the provisions that the catalogue cites; the key is the entry's code and the
 *  item's coordinate or name. */
export async function readWithheldItems(
  database: Database,
  { department, after, limit }: LineRange,
): Promise<WithheldItemLine[]> {
  const rows = await inForce(database)
    .innerJoin('catalogue_item as i', 'i.resource', 'r.id')
    .where('i.share_type', '=', 'NOT_SHARED')
    .select(['r.code', 'r.provider', 'r.state', 'i.name', 'i.basis'])
    .select((eb) => eb.fn.coalesce('i.coordinate', 'i.name').$castTo<string>().as('item'))
    .$if(department !== undefined, (query) => query.where('r.provider', '=', department!))
    .where(sql<boolean>`${KEY_OF_ITEM} > ${after}`)
    .orderBy(KEY_OF_ITEM)
    .limit(limit)
    .execute();
  return rows.map(({ code, provider, state, name, basis, item }) => ({
    key: `${code} ${item}`,
    department: provider,
    resource: code,
    name,
    items: [item],
    shareType: 'NOT_SHARED',
    state: state === 'SUSPENDED' ? 'SUSPENDED' : 'IN_FORCE',
    basis,
  }));
}
