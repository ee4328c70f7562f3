import { anyOf, type HandOver } from '../core/index.js';
import { listTables } from './tables.js';

/** Names the lists in force that still speak of a department that ends: a list is changed by its next publication alone. */
export async function handOverLists({ database, moves, moved }: HandOver): Promise<void> {
  const rows = await listTables(database)
    .selectFrom('list_version as version')
    .innerJoin('list_entry as entry', 'entry.version', 'version.number')
    .select(['version.id', 'entry.department', 'entry.provider'])
    .distinct()
    .where((eb) =>
      eb.or([
        eb('entry.department', '=', anyOf([...moves.ended.keys()])),
        eb('entry.provider', '=', anyOf([...moves.ended.keys()])),
      ]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('list_version as later')
            .select('later.number')
            .whereRef('later.kind', '=', 'version.kind')
            .whereRef('later.level', '=', 'version.level')
            .whereRef('later.number', '>', 'version.number'),
        ),
      ),
    )
    .orderBy('version.id')
    .execute();
  const told = new Set<string>();
  for (const { id, department, provider } of rows)
    for (const from of [department, provider]) {
      if (from === null || !moves.ended.has(from) || told.has(`${id} ${from}`)) continue;
      told.add(`${id} ${from}`);
      moved('LIST', `list/${id}`, from, null);
    }
}
