import { sql } from 'kysely';
import type { Database, GovernanceOwn, HandedOver, HandOver, Moves, ReformGap, ReformHooks } from '../../core/index.js';
import { openTables } from '../../core/index.js';
import { registerTables } from '../tables.js';
import { say } from '../messages/index.js';
import { planMoves, type PlannedReform } from './plan-moves.js';

/** What a reform needs of other rooms. */
export type ReformRooms = ReformHooks & Pick<GovernanceOwn, 'endNamedRights'>;

/** Everything that a reform does, and what stands against it. */
export interface ReformOutcome {
  readonly moves: Moves;
  readonly moved: readonly HandedOver[];
  readonly gaps: readonly ReformGap[];
}

/** Carries a plan out in the transaction of the given connection. Where it has gaps, the caller takes everything back. */
export async function handOverAll(database: Database, plan: PlannedReform, rooms: ReformRooms): Promise<ReformOutcome> {
  await sql`select set_config('sharehub.reform', 'on', true)`.execute(openTables(database));
  const { moves, gaps: missing } = await planMoves(database, plan, rooms.findOwnedEntries);
  const moved: HandedOver[] = [];
  const gaps: ReformGap[] = [...missing];
  const staying = await readStaying(database, moves);
  const handOver: HandOver = {
    database,
    moves,
    moved: (kind, object, from, to, concerns = []) => void moved.push({ kind, object, from, to, concerns }),
    gap: (code, object, message) => void gaps.push({ code, object, message }),
  };
  for (const room of rooms.handOvers) {
    await room(handOver);
    // Nothing can go to a department that there is not.
    if (gaps.some(({ code }) => code === 'DEPARTMENT_UNFIT')) return { moves, moved, gaps };
  }
  await endNamedRights(handOver, staying, rooms);
  return { moves, moved, gaps };
}

interface Staying {
  readonly person: string;
  readonly department: string;
}

/** Officers who stay while something leaves their department. */
async function readStaying(database: Database, { resources, scenarios, persons, ended }: Moves): Promise<Staying[]> {
  const left = new Set([...resources, ...scenarios].map(({ from }) => from).filter((code) => !ended.has(code)));
  const going = new Set(persons.map(({ person }) => person));
  if (left.size === 0) return [];
  const rows = await registerTables(database)
    .selectFrom('officer')
    .select(['subject as person', 'department'])
    .where('department', 'in', [...left])
    .execute();
  return rows.filter(({ person }) => !going.has(person));
}

/** Takes rights given by name from everybody who is not in the department where they are good now: who goes one way, and
 *  a grant the other, part for good. Who goes along with it keeps them. @source QZ-9.2e */
async function endNamedRights(
  { database, moves, moved, gap }: HandOver,
  staying: readonly Staying[],
  rooms: ReformRooms,
): Promise<void> {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of [...moves.scenarios, ...[...moves.ended].map(([from, to]) => ({ from, to }))])
    targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const parted = [
    ...moves.persons.map(({ person, from, to }) => ({ person, from, now: to })),
    ...staying.map(({ person, department }) => ({ person, from: department, now: department })),
  ];
  for (const { person, from, now } of parted)
    for (const department of new Set([from, ...(targets.get(from) ?? [])])) {
      if (department === now) continue;
      const lost = await rooms.endNamedRights(database, { person, department });
      for (const object of lost) moved('NAMED_RIGHT', object, from, null, [now, department]);
      const grants = lost.flatMap((object) => (object.startsWith('grant/') ? [object.slice('grant/'.length)] : []));
      for (const id of await rooms.findGrantsForNobody(database, grants))
        gap('CONSUMER_MISSING', `grant/${id}`, say('reform.grantForNobody', { grant: id }));
    }
}
