import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../../shared/evidence/store/index.js';
import { inTransaction } from '../../core/index.js';
import { findDepartments } from '../department/find-departments.js';
import { registerTables } from '../tables.js';
import { handOverAll, type ReformOutcome, type ReformRooms } from './hand-over-all.js';
import type { PlannedReform } from './plan-moves.js';
import { toStoredGaps } from './store-gaps.js';

export interface ReformWork {
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  /** ms since the epoch. */
  readonly now: number;
}

/** Thrown to take back what a plan with gaps has done so far. */
class PlanHasGaps extends Error {
  constructor(readonly outcome: ReformOutcome) {
    super('the plan has gaps');
  }
}

/** Carries out the confirmed reforms whose time has come, each in one transaction with its evidence: all of it is done, or
 *  nothing. It may be killed at any point. One that has come to have gaps stops, and the authority is told.
 *  @returns numbers of the reforms that were carried out */
export async function carryOutReforms(work: ReformWork, rooms: ReformRooms): Promise<string[]> {
  const done: string[] = [];
  for (const id of await findDue(work)) {
    try {
      if (await carryOut(id, work, rooms)) done.push(id);
    } catch (error) {
      if (!(error instanceof PlanHasGaps)) throw error;
      await stop(id, error.outcome, work);
    }
  }
  return done;
}

async function findDue({ pool, now }: ReformWork): Promise<string[]> {
  const rows = await registerTables(pool)
    .selectFrom('reform')
    .select('id')
    .where('state', '=', 'CONFIRMED')
    .where('effective_at', '<=', new Date(now))
    .orderBy('effective_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function carryOut(id: string, { pool, store, now }: ReformWork, rooms: ReformRooms): Promise<boolean> {
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    // Nothing else is decided meanwhile.
    const chain = await holdActs(store, connection);
    const plan = await readPlan(client, id, now);
    if (!plan) return false;
    const outcome = await handOverAll(client, plan, rooms);
    if (outcome.gaps.length > 0) throw new PlanHasGaps(outcome);
    await registerTables(client)
      .updateTable('reform')
      .set((eb) => ({
        state: 'CARRIED_OUT' as const,
        version: eb('version', '+', 1),
        carried_out_at: plan.at,
        consequences: JSON.stringify(outcome.moved) as never,
        gaps: '[]' as never,
      }))
      .where('id', '=', id)
      .execute();
    const authorities = await findDepartments(client, { role: 'authority' });
    const acts = toActs(
      plan,
      outcome,
      authorities.map(({ code }) => code),
    );
    onCommit(await recordActs(store, connection, chain, acts));
    return true;
  });
}

async function readPlan(client: pg.PoolClient, id: string, now: number): Promise<PlannedReform | undefined> {
  const row = await registerTables(client)
    .selectFrom('reform')
    .select(['lines', 'basis', 'confirmed_by'])
    .where('id', '=', id)
    .where('state', '=', 'CONFIRMED')
    .where('effective_at', '<=', new Date(now))
    .forUpdate()
    .executeTakeFirst();
  if (row?.confirmed_by == null) return undefined;
  return { reform: id, lines: row.lines, basis: row.basis, at: new Date(now), by: row.confirmed_by };
}

type HubAct = Omit<GovernanceAct, 'kind'>;

/** One act for each thing, which tells everybody concerned by it, and one for the whole. */
function toActs(
  { reform, basis, at }: PlannedReform,
  { moved, moves }: ReformOutcome,
  authorities: readonly string[],
): HubAct[] {
  const time = at.toISOString();
  const things = Map.groupBy(moved, ({ object }) => object);
  const parties = (each: (typeof moved)[number]) => [
    each.from,
    ...(each.to === null ? [] : [each.to]),
    ...each.concerns,
  ];
  const acts = [...things].map(([object, each]): HubAct => ({
    ...{ time, act: 'HAND_OVER', object, basis },
    concerns: [...new Set(each.flatMap(parties))].sort(),
    terms: { reform, moves: each.map(({ kind, from, to }) => ({ kind, from, to })) },
  }));
  return [
    ...acts,
    {
      ...{ time, act: 'CARRY_OUT_REFORM', object: `reform/${reform}`, basis },
      concerns: [...new Set([...authorities, ...moved.flatMap(parties)])].sort(),
      terms: {
        ended: Object.fromEntries(moves.ended),
        things: Object.fromEntries(
          [...Map.groupBy(moved, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
        ),
      },
    },
  ];
}

async function stop(id: string, { moved, gaps }: ReformOutcome, { pool, store, now }: ReformWork): Promise<void> {
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const stopped = await registerTables(client)
      .updateTable('reform')
      .set((eb) => ({
        state: 'STOPPED' as const,
        version: eb('version', '+', 1),
        checked_at: new Date(now),
        consequences: JSON.stringify(moved) as never,
        gaps: JSON.stringify(toStoredGaps(gaps)) as never,
      }))
      .where('id', '=', id)
      .where('state', '=', 'CONFIRMED')
      .returning(['department', 'basis'])
      .executeTakeFirst();
    if (!stopped) return;
    const authorities = await findDepartments(client, { role: 'authority' });
    const act: HubAct = {
      ...{ time: new Date(now).toISOString(), act: 'STOP_REFORM', object: `reform/${id}`, basis: stopped.basis },
      concerns: [...new Set([stopped.department, ...authorities.map(({ code }) => code)])],
      terms: { gaps: gaps.map(({ code, object }) => ({ code, object })) },
    };
    onCommit(await recordActs(store, connection, chain, [act]));
  });
}
