import { sql } from 'kysely';
import type { Role } from '../../../../shared/kernel/index.js';
import { anyOf, type Database, type HandOver, type Moves, nextNumber, type Post, wordOf } from '../../core/index.js';
import { isHigherLevel } from '../department/level.rule.js';
import { findDepartments, type DepartmentRow } from '../department/find-departments.js';
import { hasOtherAuthority } from '../officer/last-authority.js';
import { registerTables } from '../tables.js';
import { say } from '../messages/index.js';
import { recordSuccessions } from './succession.store.js';

/** Hands over systems, scenarios, persons with their posts, functions and permits, and ends departments. */
export async function handOverRegister(handOver: HandOver): Promise<void> {
  const { database, moves } = handOver;
  const departments = new Map((await findDepartments(database)).map((each) => [each.code, each]));
  if (!checkParties(handOver, departments)) return;
  await moveSystems(handOver);
  await moveScenarios(handOver);
  await moveDuties(handOver);
  await movePermits(handOver);
  for (const move of moves.persons) await movePerson(handOver, move, departments.get(move.to)!);
  await endDepartments(handOver, departments);
  await recordSuccessions(database, moves);
  await findOwnerless(handOver);
}

/** @returns false where a department is none to which anything could go; nothing else is worth looking at then */
function checkParties({ moves, gap }: HandOver, departments: ReadonlyMap<string, DepartmentRow>): boolean {
  const { ended, resources, scenarios, systems, persons } = moves;
  let isFit = true;
  const refuse = (code: string, message: ReturnType<typeof say>) => {
    gap('DEPARTMENT_UNFIT', `department/${code}`, message);
    isFit = false;
  };
  const parties = [
    ...[...ended].map(([from, to]) => ({ from, to })),
    ...resources,
    ...scenarios,
    ...systems,
    ...persons,
  ];
  const needs = new Map<string, Set<Role>>();
  const need = (code: string, role: Role) => needs.set(code, (needs.get(code) ?? new Set()).add(role));
  for (const { to } of resources) need(to, 'provider');
  for (const { to } of scenarios) need(to, 'consumer');
  for (const code of new Set(parties.flatMap(({ from, to }) => [from, to]))) {
    const department = departments.get(code);
    if (!department) refuse(code, say('department.unknown', { department: code }));
    else if (department.endedAt) refuse(code, say('reform.hasEnded', { department: code }));
  }
  for (const code of new Set(parties.map(({ to }) => to))) {
    if (ended.has(code)) refuse(code, say('reform.endsItself', { department: code }));
    const department = departments.get(code);
    if (department?.suspended && !department.endedAt) refuse(code, say('reform.suspended', { department: code }));
    for (const role of needs.get(code) ?? [])
      if (department && !department.roles.includes(role))
        refuse(code, say('reform.noRole', { department: code, role: wordOf('role', role) }));
  }
  return isFit;
}

async function moveSystems({ database, moves, moved }: HandOver): Promise<void> {
  for (const { client, from, to } of moves.systems) {
    await registerTables(database)
      .updateTable('registered_system')
      .set({ department: to })
      .where('client_id', '=', client)
      .where('department', '=', from)
      .execute();
    moved('SYSTEM', `system/${client}`, from, to);
  }
}

/** A scenario begins anew in the other department under its code, and ends in the one that it leaves: what was given and asked
 *  for under it there stays on record. */
async function moveScenarios({ database, moves, moved, gap }: HandOver): Promise<void> {
  const db = registerTables(database);
  for (const { code, from, to } of moves.scenarios) {
    const object = `scenario/${from}/${code}`;
    const known = await db
      .selectFrom('scenario')
      .select('ended_at')
      .where('department', '=', to)
      .where('code', '=', code)
      .executeTakeFirst();
    if (known && known.ended_at == null) {
      gap('SCENARIO_KNOWN', object, say('scenario.codeKnown', { department: to, code, state: '' }));
      continue;
    }
    await sql`
      insert into scenario (department, code, name, purpose, basis)
      select ${to}, code, name, purpose, basis from scenario where department = ${from} and code = ${code}
      on conflict (department, code)
      do update set name = excluded.name, purpose = excluded.purpose, basis = excluded.basis, ended_at = null`.execute(
      db,
    );
    await db
      .updateTable('scenario')
      .set({ ended_at: moves.at })
      .where('department', '=', from)
      .where('code', '=', code)
      .execute();
    moved('SCENARIO', object, from, to);
  }
}

async function moveDuties({ database, moves, moved }: HandOver): Promise<void> {
  for (const [from, to] of moves.ended) {
    const duties = await registerTables(database)
      .updateTable('duty')
      .set({ department: to })
      .where('department', '=', from)
      .where('ended_at', 'is', null)
      .returning('id')
      .execute();
    for (const { id } of duties) moved('DUTY', `duty/${id}`, from, to);
  }
}

/** A subgraph goes on publishing what it published: for the departments that have it now. */
async function movePermits({ database, moves, moved }: HandOver): Promise<void> {
  const db = registerTables(database);
  const live = await db
    .selectFrom('subgraph_publisher')
    .select(['id', 'subgraph', 'department'])
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute();
  const held = new Set(live.map(({ subgraph, department }) => `${subgraph} ${department}`));
  const withdrawal = say('reform.reason', { reform: moves.reform }).in('zh');
  for (const { id, subgraph, department: from } of live) {
    const heir = moves.ended.get(from);
    const ofResources = moves.resources.filter((each) => each.from === from && each.subgraph === subgraph);
    const heirs = new Set([...ofResources.map(({ to }) => to), ...(heir === undefined ? [] : [heir])]);
    for (const to of heirs) {
      if (!held.has(`${subgraph} ${to}`)) {
        held.add(`${subgraph} ${to}`);
        const added = await nextNumber(database, 'subgraph_publisher_number', 'P');
        await db
          .insertInto('subgraph_publisher')
          .values({
            ...{ id: added, subgraph, department: to, given_at: moves.at, given_by: moves.by, reason: withdrawal },
            basis: JSON.stringify(moves.basis) as unknown as string[],
          })
          .execute();
      }
      moved('PERMIT', `permit/${id}`, from, to);
    }
    if (heir === undefined) continue;
    await db
      .updateTable('subgraph_publisher')
      .set({ withdrawn_at: moves.at, withdrawn_by: moves.by, withdrawal })
      .where('id', '=', id)
      .execute();
  }
}

/** A person goes without their posts, but for those that the plan gives them there, and with the roles that the other
 *  department has. */
async function movePerson(
  { database, moves, moved, gap }: HandOver,
  { person, from, to, posts = [] }: Moves['persons'][number],
  department: DepartmentRow,
): Promise<void> {
  const db = registerTables(database);
  const officer = await db
    .selectFrom('officer')
    .select(['roles', 'suspended'])
    .where('subject', '=', person)
    .where('department', '=', from)
    .executeTakeFirstOrThrow();
  const ended = await db
    .updateTable('appointment')
    .set({ until_at: moves.at })
    .where('officer', '=', person)
    .where('department', '=', from)
    .where('until_at', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of ended) moved('APPOINTMENT', `appointment/${id}`, from, null, [to]);
  const roles = officer.roles.filter((role) => role === 'operator' || department.roles.includes(role));
  await db
    .updateTable('officer')
    .set({ department: to, roles: JSON.stringify(roles) as unknown as Role[] })
    .where('subject', '=', person)
    .execute();
  await db.updateTable('saved_query').set({ department: to }).where('owner', '=', person).execute();
  moved('OFFICER', `officer/${person}`, from, to);
  for (const post of posts) {
    if (SINGLE.has(post)) {
      const taken = await db
        .selectFrom('appointment')
        .select('id')
        .where('department', '=', to)
        .where('post', '=', post)
        .where('until_at', 'is', null)
        .executeTakeFirst();
      if (taken) {
        gap('POST_TAKEN', `officer/${person}`, say('reform.postTaken', { department: to, appointment: taken.id }));
        continue;
      }
    }
    const id = await nextNumber(database, 'appointment_number', 'R');
    const notice = moves.basis[0]?.slice(0, 100) ?? null;
    await db
      .insertInto('appointment')
      .values({ id, officer: person, department: to, post, from_at: moves.at, notice })
      .execute();
    moved('APPOINTMENT', `appointment/${id}`, from, to);
  }
}

/** Posts with one holder at a time. */
const SINGLE: ReadonlySet<Post> = new Set(['HEAD', 'LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR']);

async function endDepartments(
  { database, moves, moved, gap }: HandOver,
  departments: ReadonlyMap<string, DepartmentRow>,
): Promise<void> {
  const db = registerTables(database);
  for (const [code, successor] of moves.ended) {
    const heir = departments.get(successor)!;
    for (const child of departments.values()) {
      if (child.parent !== code || moves.ended.has(child.code)) continue;
      const parent = child.code !== successor && isHigherLevel(heir.level, child.level) ? successor : null;
      await db.updateTable('department').set({ parent }).where('code', '=', child.code).execute();
      moved('DEPARTMENT', `department/${child.code}`, code, parent, [child.code]);
    }
    await db
      .updateTable('department')
      .set({ suspended: true, ended_at: moves.at, successor })
      .where('code', '=', code)
      .execute();
    moved('DEPARTMENT', `department/${code}`, code, null, [successor]);
  }
  // Looked at after everything has gone: whoever acts as the authority may have gone to another department that is one.
  if (moves.ended.size > 0 && !(await hasOtherAuthority(database, '')))
    for (const code of moves.ended.keys()) gap('LAST_AUTHORITY', `department/${code}`, say('officer.lastAuthority'));
}

/** What nobody would answer for afterwards: resources of a department without a data administrator, scenarios that no system
 *  and no person of the department asks under. */
async function findOwnerless({ database, moves, gap }: HandOver): Promise<void> {
  const db = registerTables(database);
  const receiving = [...new Set(moves.resources.map(({ to }) => to))];
  const administered = await db
    .selectFrom('appointment')
    .innerJoin('officer', (join) =>
      join
        .onRef('officer.subject', '=', 'appointment.officer')
        .onRef('officer.department', '=', 'appointment.department'),
    )
    .select('appointment.department')
    .where('appointment.department', '=', anyOf(receiving))
    .where('until_at', 'is', null)
    .where('suspended', '=', false)
    .where('post', 'in', ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'])
    .execute();
  const fit = new Set(administered.map(({ department }) => department));
  for (const { code, to } of moves.resources)
    if (!fit.has(to)) gap('OWNER_MISSING', `resource/${code}`, say('reform.noAdministrator', { department: to, code }));
}

/** Departments in which somebody or something could ask for data. */
export async function findAskingDepartments(database: Database, codes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ department: string }>`
    select department from registered_system where not suspended and department = any(${[...codes]}::text[])
    union select department from officer where not suspended and department = any(${[...codes]}::text[])`.execute(
    registerTables(database),
  );
  return new Set(rows.map(({ department }) => department));
}

/** Persons who could decide for a department as provider. */
export async function findDeciders(database: Database, department: string): Promise<string[]> {
  const rows = await registerTables(database)
    .selectFrom('officer')
    .select('subject')
    .where('department', '=', department)
    .where('suspended', '=', false)
    .where((eb) => sql<boolean>`${eb.ref('roles')} ? 'provider'`)
    .execute();
  return rows.map(({ subject }) => subject);
}
