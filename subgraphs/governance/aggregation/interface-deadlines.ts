import type { Database, Deadline, DeadlineSource, DueDateSource, PendingDepartment } from '../core/index.js';
import { readDepartmentsByRole } from '../register/index.js';
import { aggregationTables } from './tables.js';

/** Requests are read this long before they are due; the longest reminder is sent two working days before. */
const LEAD_MS = 20 * 86_400_000;

const openRequests = (database: Database) =>
  aggregationTables(database)
    .selectFrom('interface_request')
    .select(['id', 'provider', 'clauses', 'due', 'due_at', 'provisional', 'requested_at', 'working_days', 'extension'])
    .where('state', '=', 'OPEN')
    .orderBy('id');

/** Interfaces that providers owe. @source QZ-2.3f, QZ-2.3h */
export const interfaceDeadlines: DeadlineSource = {
  async find({ database, now, only }) {
    const rows = await openRequests(database)
      .where('due_at', '<=', new Date(now + LEAD_MS))
      .execute();
    const deadlines = rows.map(({ id, provider, clauses, due, due_at, provisional }): Deadline => {
      const subject = `interface-request/${id}`;
      const end = { date: due, instant: due_at.getTime(), provisional };
      return { subject, object: subject, kind: 'INTERFACE_REQUEST', owners: [provider], others: [], clauses, due: end };
    });
    return only ? deadlines.filter(({ subject }) => only.includes(subject)) : deadlines;
  },
};

/** Due dates of open requests. */
export const interfaceDueDates: DueDateSource = {
  async findProvisional(database, timeZone) {
    const rows = await openRequests(database).where('provisional', '=', true).execute();
    return rows.map(({ id, provider, clauses, due, due_at, requested_at, working_days }) => ({
      id,
      object: `interface-request/${id}`,
      ...{ concerns: [provider], clauses },
      term: { start: requested_at.getTime(), workingDays: working_days, timeZone },
      due: { date: due, instant: due_at.getTime(), provisional: true },
    }));
  },
  async update(database, id, { date, instant, provisional }) {
    await aggregationTables(database)
      .updateTable('interface_request')
      .set({ due: date, due_at: new Date(instant), provisional })
      .where('id', '=', id)
      .execute();
  },
};

/** Departments that have to act on a request: the authority on more time that was asked for, and the provider. */
export async function findPendingRequest(database: Database, id: string): Promise<PendingDepartment[]> {
  const found = await openRequests(database).where('id', '=', id).executeTakeFirst();
  if (!found) return [];
  const { provider, due, provisional, extension } = found;
  const supply: PendingDepartment = { department: provider, dueOn: due, provisional };
  if (extension !== 'ASKED') return [supply];
  const authorities = (await readDepartmentsByRole(database))('authority');
  return [supply, ...authorities.map((department): PendingDepartment => ({ department, roles: ['authority'] }))];
}

/** The authority, while a statement waits for it. */
export async function findPendingExemption(database: Database, id: string): Promise<PendingDepartment[]> {
  const found = await aggregationTables(database)
    .selectFrom('aggregation_exemption')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  if (found?.state !== 'STATED') return [];
  return (await readDepartmentsByRole(database))('authority').map((department) => ({
    department,
    roles: ['authority'],
  }));
}
