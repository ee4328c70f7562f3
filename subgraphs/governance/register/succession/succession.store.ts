import { sql } from 'kysely';
import type { Role } from '../../../../shared/kernel/index.js';
import {
  currentDepartment,
  type Succession,
  type Successions,
} from '../../../../shared/share/succession/succession.js';
import type { Database, Moves } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** What departments have taken over from others, the oldest first. */
export async function readSuccessions(database: Database): Promise<Successions> {
  const rows = await registerTables(database)
    .selectFrom('department_succession')
    .select(['kind', 'id', 'from_department as from', 'to_department as to'])
    .orderBy('position')
    .execute();
  return rows;
}

/** Writes down what goes in a reform: things before the department that ends, so that what was placed by itself stays so. */
export async function recordSuccessions(
  database: Database,
  { reform, at, ended, resources, scenarios, systems, persons }: Moves,
): Promise<void> {
  const rows: Succession[] = [
    ...resources.map(({ code, from, to }) => ({ kind: 'RESOURCE' as const, id: code, from, to })),
    ...scenarios.map(({ code, from, to }) => ({ kind: 'SCENARIO' as const, id: code, from, to })),
    ...systems.map(({ client, from, to }) => ({ kind: 'SYSTEM' as const, id: client, from, to })),
    ...persons.map(({ person, from, to }) => ({ kind: 'PERSON' as const, id: person, from, to })),
    ...[...ended].map(([from, to]) => ({ kind: 'DEPARTMENT' as const, id: from, from, to })),
  ];
  if (rows.length === 0) return;
  await registerTables(database)
    .insertInto('department_succession')
    .values(rows.map(({ from, to, ...row }) => ({ ...row, reform, at, from_department: from, to_department: to })))
    .execute();
}

/** The department and roles of a caller now, where a reform has taken them to another department since their request began.
 *  @returns undefined where none has */
export async function findCallerNow(
  database: Database,
  {
    department,
    person,
    system,
  }: Readonly<Record<'department' | 'system', string>> & { readonly person?: string | undefined },
): Promise<{ readonly department: string; readonly roles: readonly Role[] } | undefined> {
  const [kind, id] = person === undefined ? (['SYSTEM', system] as const) : (['PERSON', person] as const);
  const { rows } = await sql<{ department: string; roles: readonly Role[] }>`
    select own.department, own.roles
      from (select officer.department, officer.roles from officer where ${kind} = 'PERSON' and subject = ${id}
            union all
            select s.department, d.roles from registered_system s join department d on d.code = s.department
             where ${kind} = 'SYSTEM' and client_id = ${id}) as own
     where own.department <> ${department}
       and exists (select from department_succession as past
                    where past.kind = ${kind} and past.id = ${id} and past.from_department = ${department}
                      and past.to_department = own.department)`.execute(registerTables(database));
  return rows[0];
}

/** The department that goes on for each one that has ended. */
export async function readHeirs(database: Database): Promise<(department: string) => string> {
  const successions = await readSuccessions(database);
  return (department) => currentDepartment(department, successions);
}

/** Departments from which anything has come to a department by reforms, through chains: whoever acted for them in a case that it
 *  has taken over acted for its side. */
export async function findPredecessors(database: Database, department: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    with recursive earlier(code) as (
      select from_department from department_succession where to_department = ${department}
      union select past.from_department from department_succession past join earlier on past.to_department = earlier.code)
    select code from earlier where code <> ${department} order by code`.execute(registerTables(database));
  return rows.map(({ code }) => code);
}
