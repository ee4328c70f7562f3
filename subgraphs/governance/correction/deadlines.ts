import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import {
  anyOf,
  type Database,
  type DeadlineSource,
  type DueDateSource,
  type PendingDepartment,
} from '../core/index.js';
import { readAuthorities } from '../application/index.js';
import { readDepartmentsByRole } from '../register/index.js';
import { findClockStart, findLimit } from './correction-state.rule.js';
import { correctionTables } from './tables.js';

/** Open steps of corrections whose limit ends within days. A late one is announced to the authority, and nothing is decided
 *  by it.
 *  @source HZ-8.6c, QZ-7.2c, QZ-7.2e */
export const correctionDeadlines: DeadlineSource = {
  async find({ database, now, only, isUnannounced }) {
    const rows = await correctionTables(database)
      .selectFrom('correction')
      .select((eb) => [
        ...(['id', 'department', 'provider', 'status', 'process', 'waits_on', 'dispatched_at'] as const),
        ...(['due_provisional'] as const),
        sql<string>`${eb.ref('due_date')}::text`.as('due_date'),
        epochMs(eb.ref('due_at')).as('due_at'),
      ])
      .where('closed_at', 'is', null)
      .where(
        (eb) => sql<SqlBool>`${eb.ref('due_at')} <= ${new Date(now).toISOString()}::timestamptz + interval '20 days'`,
      )
      .where((eb) =>
        isUnannounced(subjectOf(eb.ref('id'), eb.ref('status')), sql<string>`${eb.ref('due_date')}::text`, 'OVERDUE'),
      )
      .$if(only !== undefined, (query) =>
        query.where((eb) => eb(subjectOf(eb.ref('id'), eb.ref('status')), '=', anyOf(only!))),
      )
      .orderBy('due_at')
      .orderBy('id')
      .execute();
    return rows.map(({ id, status, department, provider, process, waits_on, due_date, due_at, due_provisional }) => ({
      subject: `${SUBJECT}${id}/${status}`,
      object: `correction/${id}`,
      kind: 'CORRECTION' as const,
      owners: waits_on,
      others: [department, provider].filter((party) => !waits_on.includes(party) && status !== 'FOUND'),
      clauses: findLimit(process, status).clauses,
      due: { date: due_date, instant: due_at, provisional: due_provisional },
    }));
  },
};

/** Due dates of open steps of corrections. */
export const correctionDueDates: DueDateSource = {
  async findProvisional(database, timeZone) {
    const rows = await correctionTables(database)
      .selectFrom('correction')
      .select((eb) => [
        ...(['id', 'department', 'provider', 'process', 'state', 'dispatched_at'] as const),
        sql<string>`${eb.ref('due_date')}::text`.as('due_date'),
        epochMs(eb.ref('due_at')).as('due_at'),
      ])
      .where('closed_at', 'is', null)
      .where('due_provisional', '=', true)
      .where('due_at', 'is not', null)
      .orderBy('id')
      .execute();
    return rows.flatMap(({ id, department, provider, process, state, dispatched_at, due_date, due_at }) => {
      const start = findClockStart(process, state);
      const { workingDays, clauses } = findLimit(process, state.status);
      if (start === undefined || workingDays === undefined) return [];
      return [
        {
          id,
          object: `correction/${id}`,
          concerns: [department, ...(dispatched_at ? [provider] : [])],
          clauses,
          term: { start, workingDays, timeZone },
          due: { date: due_date, instant: due_at, provisional: true },
        },
      ];
    });
  },

  async update(database, id, { date, instant, provisional }) {
    await correctionTables(database)
      .updateTable('correction')
      .set({ due_date: date, due_at: new Date(instant), due_provisional: provisional })
      .where('id', '=', id)
      .execute();
  },
};

/** Departments that have to act next on a correction.
 *  @param object  its number; or its number and the department that is told of the result */
export async function findPendingCorrection(database: Database, object: string): Promise<PendingDepartment[]> {
  const [id = '', receiver] = object.split('/');
  if (receiver !== undefined) return findPendingReceipt(database, id, receiver);
  const row = await correctionTables(database)
    .selectFrom('correction')
    .select((eb) => [
      ...(['department', 'provider', 'status', 'waits_on', 'due_provisional', 'on_behalf'] as const),
      sql<string | null>`${eb.ref('due_date')}::text`.as('due_date'),
    ])
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (!row) return [];
  const { department, provider, waits_on, due_date, due_provisional, on_behalf } = row;
  const due = due_date != null && { dueOn: due_date, provisional: due_provisional };
  const pending = await Promise.all(
    waits_on.map(async (party): Promise<PendingDepartment[]> => {
      if (party === '*authority') {
        const { authorities } = await readAuthorities(database, { applicant: department, provider });
        return authorities.map((authority) => ({ department: authority, roles: ['authority'], within: true }));
      }
      if (party === '*operator')
        return (await listOperators(database)).map((operator) => ({
          department: operator,
          roles: ['operator'],
          within: true,
        }));
      if (party === provider && row.status !== 'REJECTED' && row.status !== 'NOTIFIED')
        return [
          { department: party, roles: ['provider'], posts: ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'], within: true },
        ];
      return [{ department: party, within: true, ...(on_behalf && { roles: ['citizen-service'] as const }) }];
    }),
  );
  return pending.flat().map((one) => ({ ...one, ...due }));
}

/** A department that was told of a result confirms it. @source CZ-14d */
async function findPendingReceipt(
  database: Database,
  correction: string,
  department: string,
): Promise<PendingDepartment[]> {
  const row = await correctionTables(database)
    .selectFrom('correction_receipt')
    .select('department')
    .where('correction', '=', correction)
    .where('department', '=', department)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  return row ? [{ department, within: true }] : [];
}

/** Departments of operators; where none is registered as one, the authority's own officers operate the hub. */
async function listOperators(database: Database): Promise<readonly string[]> {
  const byRole = await readDepartmentsByRole(database);
  const operators = byRole('operator');
  return operators.length > 0 ? operators : byRole('authority');
}

const SUBJECT = 'correction/';
const subjectOf = (id: Parameters<typeof epochMs>[0], status: Parameters<typeof epochMs>[0]) =>
  sql<string>`${SUBJECT}::text || ${id} || '/' || ${status}`;
