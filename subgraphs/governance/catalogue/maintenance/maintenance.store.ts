import { anyOf, type Database } from '../../core/index.js';
import { catalogueTables } from '../tables.js';

/** A department's confirmation that it has gone through its whole catalogue in a year. */
export interface MaintenanceConfirmation {
  readonly department: string;
  readonly confirmedAt: Date;
  readonly confirmedBy: string | null;
}

/** Confirmations of a year by these departments. */
export async function listConfirmations(
  database: Database,
  year: number,
  departments: readonly string[],
): Promise<MaintenanceConfirmation[]> {
  const rows = await catalogueTables(database)
    .selectFrom('catalogue_maintenance')
    .select(['department', 'confirmed_at', 'confirmed_by'])
    .where('year', '=', year)
    .where('department', '=', anyOf(departments))
    .execute();
  return rows.map(({ department, confirmed_at, confirmed_by }) => ({
    department,
    confirmedAt: confirmed_at,
    confirmedBy: confirmed_by,
  }));
}

/** Keeps a confirmation; a later one of the same year replaces it. */
export async function saveConfirmation(
  database: Database,
  year: number,
  { department, confirmedAt, confirmedBy }: MaintenanceConfirmation,
  note: string | null,
): Promise<void> {
  await catalogueTables(database)
    .insertInto('catalogue_maintenance')
    .values({ department, year, confirmed_at: confirmedAt, confirmed_by: confirmedBy, note })
    .onConflict((conflict) =>
      conflict.columns(['department', 'year']).doUpdateSet((eb) => ({
        confirmed_at: eb.ref('excluded.confirmed_at'),
        confirmed_by: eb.ref('excluded.confirmed_by'),
        note: eb.ref('excluded.note'),
      })),
    )
    .execute();
}
