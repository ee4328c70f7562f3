import type { BulkInsert } from '../../../shared/database/index.js';
import { buildDeclaredGraph } from '../../../shared/declaration/graph/index.js';
import { parseDeclaration } from '../../../shared/declaration/index.js';
import { declaredAddress } from '../../../shared/read-model/declared-address.js';
import type { Role } from '../../../shared/kernel/index.js';
import { readSdlCatalogue } from '../catalogue/index.js';
import type { SampleLibraries } from '../core/index.js';
import { DUTIES } from './duties.js';
import { ADMINISTRATORS, APPOINTMENTS, appointmentsOf, leadersOf } from './posts.js';
import { publishSample } from './published.js';
import { DEPARTMENTS } from './register.js';
import {
  dutyId,
  insertAppointments,
  insertDepartments,
  insertDuties,
  insertGrants,
  insertOfficers,
  seedNumber,
  SINCE,
} from './rows.js';

const ROLES: readonly Role[] = ['provider', 'consumer'];
/** Permits of the libraries are counted from here, after those of `schema/publishers.yaml`. */
const PERMITS_FROM = 100;

/** Publishes libraries of the demo that departments declare: the departments that are not there, permits, versions, grants,
 *  and the entries of the catalogue. It is done once, together with the rest of the demo.
 *  @returns how many items are in force */
export async function publishLibraries(
  insert: BulkInsert,
  { departments, declarations, grants }: SampleLibraries,
): Promise<number> {
  const first = { department: DEPARTMENTS.length, officer: Object.keys(ADMINISTRATORS).length };
  await insertDepartments(
    insert,
    departments.map(({ code, name }) => ({ code, name, roles: ROLES })),
    first.department,
  );
  await insertOfficers(
    insert,
    departments.flatMap(({ code, administrator }, at) => [
      { ...administrator, department: code, roles: ROLES },
      ...leadersOf(code, ROLES, first.officer + at),
    ]),
  );
  await insertAppointments(
    insert,
    departments.flatMap(({ code, administrator }) => appointmentsOf(code, administrator.subject)),
    APPOINTMENTS.length,
  );
  const newDuties = departments.map(({ code, duty }) => ({ department: code, ...duty }));
  await insertDuties(insert, newDuties, DUTIES.length);

  const versions = declarations.map(readVersion);
  await insertPermits(insert, versions);
  const administrators = new Map([
    ...Object.entries(ADMINISTRATORS),
    ...departments.map(({ code, administrator }) => [code, administrator.subject] as const),
  ]);
  await insertVersions(insert, versions, administrators);
  await insertGrants(insert, grants);
  return publishSample(insert, SINCE, {
    resources: versions.flatMap(({ subgraph, sdl }) => readSdlCatalogue(subgraph, sdl).resources),
    names: new Map([...DEPARTMENTS, ...departments].map(({ code, name }) => [code, name])),
    duties: new Map([...DUTIES, ...newDuties].map(({ department }, at) => [department, dutyId(at)])),
  });
}

interface SampleVersion {
  readonly subgraph: string;
  readonly department: string;
  readonly text: string;
  readonly sdl: string;
}

function readVersion(text: string): SampleVersion {
  const { declaration, problems } = parseDeclaration(text);
  if (!declaration) throw new Error(`A declaration of the demo is wrong: ${JSON.stringify(problems)}`);
  const { subgraph, department } = declaration;
  return { subgraph, department, text, sdl: buildDeclaredGraph(declaration).built.sdl };
}

async function insertPermits(insert: BulkInsert, versions: readonly SampleVersion[]): Promise<void> {
  await insert(
    'subgraph_publisher',
    { id: 'text', subgraph: 'text', department: 'text', given_at: 'timestamptz', given_by: 'text' },
    versions.map(({ subgraph, department }, at) => [
      `P-${seedNumber(PERMITS_FROM + at)}`,
      subgraph,
      department,
      SINCE,
      'wang.min',
    ]),
  );
}

/** Each was submitted by its department's data administrator, and published by its head. */
async function insertVersions(
  insert: BulkInsert,
  versions: readonly SampleVersion[],
  administrators: ReadonlyMap<string, string>,
): Promise<void> {
  await insert(
    'subgraph_version',
    {
      ...{ id: 'text', subgraph: 'text', number: 'int4', kind: 'text', department: 'text', url: 'text', sdl: 'text' },
      ...{ declaration: 'text', note: 'text', state: 'text', submitted_at: 'timestamptz', submitted_by: 'text' },
      ...{ attempts: 'int4', checked_at: 'timestamptz', published_at: 'timestamptz', published_by: 'text' },
    },
    versions.map(({ subgraph, department, text, sdl }, at) => [
      ...[`V-${seedNumber(at)}`, subgraph, 1, 'SUBMISSION', department, declaredAddress(subgraph, text), sdl],
      ...[text, '演示数据', 'PUBLISHED', SINCE, administrators.get(department)],
      ...[1, SINCE, SINCE, `${department}.head`],
    ]),
  );
}
