import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** A function of a department, with the provision that gives it. */
export interface DutyRow {
  readonly id: string;
  readonly department: string;
  readonly name: string;
  readonly legalSource: string;
}

/** Functions that a department has now. */
export async function findDuties(database: Database, department: string): Promise<DutyRow[]> {
  const rows = await selectDuties(database)
    .where('department', '=', department)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toDuty);
}

/** A function by its number, even one that has ended. */
export async function findDuty(database: Database, id: string): Promise<DutyRow | undefined> {
  const row = await selectDuties(database).where('id', '=', id).executeTakeFirst();
  return row && toDuty(row);
}

const selectDuties = (database: Database) =>
  registerTables(database).selectFrom('duty').select(['id', 'department', 'name', 'legal_source']);

const toDuty = ({ legal_source, ...same }: Omit<DutyRow, 'legalSource'> & { legal_source: string }): DutyRow => ({
  ...same,
  legalSource: legal_source,
});
