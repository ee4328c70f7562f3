import type { Database, FindOwnedEntries, Moves, ReformGap } from '../../core/index.js';
import { registerTables } from '../tables.js';
import { say } from '../messages/index.js';
import type { ReformLine } from './reform-line.type.js';

/** A plan that is to be carried out. */
export interface PlannedReform extends Pick<Moves, 'reform' | 'at' | 'basis' | 'by'> {
  readonly lines: readonly ReformLine[];
}

/** Writes a plan out: everything that goes, with the department that it is of now. A department that ends leaves nothing
 *  behind: what has no line of its own goes to its successor. */
export async function planMoves(
  database: Database,
  { lines, ...plan }: PlannedReform,
  findOwnedEntries: FindOwnedEntries,
): Promise<{ readonly moves: Moves; readonly gaps: readonly ReformGap[] }> {
  const db = registerTables(database);
  const of = (kind: ReformLine['kind']) => lines.filter((line) => line.kind === kind);
  const ended = new Map(of('END').map(({ id, to }) => [id, to]));
  const leaving = [...ended.keys()];
  const gaps: ReformGap[] = [];
  /** Joins what lines name with what departments that end still have. */
  const place = <T extends { readonly key: string; readonly owner: string }>(
    kind: ReformLine['kind'],
    found: readonly T[],
    missing: (id: string) => ReformGap,
  ): (T & { readonly from: string; readonly to: string; readonly line?: ReformLine })[] => {
    const own = new Map(of(kind).map((line) => [line.id, line]));
    for (const [id] of own) if (!found.some(({ key }) => key === id)) gaps.push(missing(id));
    return found.flatMap((each) => {
      const line = own.get(each.key);
      const to = line?.to ?? ended.get(each.owner);
      return to === undefined || to === each.owner ? [] : [{ ...each, from: each.owner, to, ...(line && { line }) }];
    });
  };
  const idsOf = (kind: ReformLine['kind']) => of(kind).map(({ id }) => id);

  const entries = [...(await findOwnedEntries(database, { codes: idsOf('RESOURCE'), departments: leaving }))].map(
    (entry) => ({ ...entry, key: entry.code, owner: entry.provider }),
  );
  const systems = await db
    .selectFrom('registered_system')
    .select(['client_id as key', 'department as owner'])
    .where((eb) => eb.or([eb('client_id', 'in', [...idsOf('SYSTEM'), '']), eb('department', 'in', [...leaving, ''])]))
    .orderBy('client_id')
    .execute();
  const scenarios = await db
    .selectFrom('scenario')
    .select(['id as key', 'department as owner', 'code'])
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('id', 'in', [...idsOf('SCENARIO'), '']), eb('department', 'in', [...leaving, ''])]))
    .orderBy('id')
    .execute();
  const officers = await db
    .selectFrom('officer')
    .select(['subject as key', 'department as owner'])
    .where((eb) => eb.or([eb('subject', 'in', [...idsOf('PERSON'), '']), eb('department', 'in', [...leaving, ''])]))
    .orderBy('subject')
    .execute();
  const moves: Moves = {
    ...plan,
    ended,
    resources: place('RESOURCE', entries, (id) => ({
      ...{ code: 'RESOURCE_UNKNOWN', object: `resource/${id}`, message: say('reform.noResource', { code: id }) },
    })),
    systems: place('SYSTEM', systems, (id) => ({
      ...{ code: 'SYSTEM_UNKNOWN', object: `system/${id}`, message: say('system.unknown', { system: id }) },
    })).map(({ key: client, from, to }) => ({ client, from, to })),
    scenarios: place('SCENARIO', scenarios, (id) => ({
      ...{ code: 'SCENARIO_UNKNOWN', object: `scenario/${id}`, message: say('reform.noScenario', { scenario: id }) },
    })).map(({ code, from, to }) => ({ code, from, to })),
    persons: place('PERSON', officers, (id) => ({
      ...{ code: 'OFFICER_UNKNOWN', object: `officer/${id}`, message: say('officer.unknown', { account: id }) },
    })).map(({ key: person, from, to, line }) => ({ person, from, to, ...(line?.posts && { posts: line.posts }) })),
  };
  return { moves, gaps };
}
