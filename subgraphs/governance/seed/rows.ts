import type { BulkInsert } from '../../../shared/database/index.js';
import { creditCode } from '../../../shared/kernel/credit-code.js';
import type { DUTIES } from './duties.js';
import type { SampleGrant } from './grants.js';
import type { SampleAppointment, SamplePerson } from './posts.js';
import type { DEPARTMENTS } from './register.js';

/** Rows of the register, as the demo writes them. `from` is how many of the kind stand before. */

/** Since when everything of the demo is in force. */
export const SINCE = '2026-01-01T00:00:00+08:00';

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** Numbers of what is seeded stand before those that a running hub gives, which begin with 000001. */
export const seedNumber = (at: number): string => `D${String(at + 1).padStart(3, '0')}`;
export const dutyId = (at: number): string => `Z-${seedNumber(at)}`;

export async function insertDepartments(
  insert: BulkInsert,
  departments: typeof DEPARTMENTS,
  from: number,
): Promise<void> {
  await insert(
    'department',
    { code: 'text', name: 'text', roles: 'jsonb', credit_code: 'text', level: 'text', registered_at: 'timestamptz' },
    departments.map(({ code, name, roles }, at) => [
      code,
      name,
      json(roles),
      creditCode('11', '330100', `MB0000${String(from + at + 10)}`),
      'CITY',
      SINCE,
    ]),
  );
}

export async function insertOfficers(
  insert: BulkInsert,
  people: readonly (SamplePerson & { readonly suspended?: boolean })[],
): Promise<void> {
  await insert(
    'officer',
    {
      subject: 'text',
      name: 'text',
      department: 'text',
      roles: 'jsonb',
      suspended: 'bool',
      verified_at: 'timestamptz',
      verification: 'text',
    },
    people.map(({ subject, name, department, roles, suspended }) => [
      subject,
      name,
      department,
      json(roles),
      suspended ?? false,
      SINCE,
      '演示数据',
    ]),
  );
}

export async function insertAppointments(
  insert: BulkInsert,
  appointments: readonly SampleAppointment[],
  from: number,
): Promise<void> {
  await insert(
    'appointment',
    { id: 'text', officer: 'text', department: 'text', post: 'text', from_at: 'timestamptz', notice: 'text' },
    appointments.map(({ officer, department, post }, at) => [
      `R-${seedNumber(from + at)}`,
      officer,
      department,
      post,
      SINCE,
      '人事〔2026〕1号',
    ]),
  );
}

export async function insertDuties(insert: BulkInsert, duties: typeof DUTIES, from: number): Promise<void> {
  await insert(
    'duty',
    { id: 'text', department: 'text', name: 'text', legal_source: 'text', since: 'timestamptz' },
    duties.map(({ department, name, source }, at) => [dutyId(from + at), department, name, source, SINCE]),
  );
}

export async function insertGrants(insert: BulkInsert, grants: readonly SampleGrant[]): Promise<void> {
  await insert(
    'share_grant',
    {
      id: 'text',
      department: 'text',
      scenario: 'text',
      mode: 'text',
      coordinates: 'jsonb',
      from_at: 'timestamptz',
      until_at: 'timestamptz',
      suspended: 'bool',
      suspension: 'text',
      rows: 'jsonb',
      quota_per_day: 'int4',
      masks: 'jsonb',
      coordination: 'text',
      approver: 'text',
      basis: 'jsonb',
    },
    grants.map((grant) => [
      grant.id,
      grant.department,
      grant.scenario,
      grant.mode ?? 'QUERY',
      json(grant.coordinates),
      grant.from ?? SINCE,
      grant.until ?? '2036-01-01T00:00:00+08:00',
      grant.suspension !== undefined,
      grant.suspension ?? null,
      json(grant.rows),
      grant.quotaPerDay ?? null,
      json(grant.masks),
      grant.coordination ?? null,
      grant.approver,
      json(grant.basis),
    ]),
  );
}
