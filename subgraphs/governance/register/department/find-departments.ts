import type { Selectable } from 'kysely';
import type { Role } from '../../../../shared/kernel/index.js';
import { anyOf, type Database } from '../../core/index.js';
import { type RegisterTables, registerTables } from '../tables.js';

type Row = Selectable<RegisterTables['department']>;
export type DepartmentRow = Pick<Row, 'code' | 'name' | 'roles' | 'suspended'> & {
  readonly level: NonNullable<Row['level']> | null;
  readonly creditCode: string | null;
  /** Code of the department above it. */
  readonly parent: string | null;
  readonly registeredAt: Date;
  /** When a reform ended it. */
  readonly endedAt: Date | null;
};

export interface DepartmentFilter {
  /** Codes of the wanted departments; all of them where absent. */
  readonly codes?: readonly string[] | undefined;
  /** Departments that have this role alone. */
  readonly role?: Role | undefined;
}

/** Departments in the order of their codes, suspended ones too. */
export async function findDepartments(
  database: Database,
  { codes, role }: DepartmentFilter = {},
): Promise<DepartmentRow[]> {
  let query = registerTables(database)
    .selectFrom('department')
    .select(['code', 'name', 'roles', 'level', 'parent', 'suspended', 'credit_code', 'registered_at', 'ended_at'])
    .orderBy('code');
  if (codes) query = query.where('code', '=', anyOf(codes));
  const rows = await query.execute();
  return rows
    .filter(({ roles }) => role === undefined || roles.includes(role))
    .map(({ level, parent, credit_code, registered_at, ended_at, ...same }) => ({
      ...same,
      level: level ?? null,
      parent: parent ?? null,
      creditCode: credit_code ?? null,
      registeredAt: registered_at,
      endedAt: ended_at ?? null,
    }));
}

/** Names of departments by their code. */
export async function namesOfDepartments(database: Database, codes?: readonly string[]): Promise<Map<string, string>> {
  const departments = await findDepartments(database, { codes });
  return new Map(departments.map(({ code, name }) => [code, name]));
}
