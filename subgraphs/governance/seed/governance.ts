import type { Seed } from '../../../shared/subgraph/index.js';
import { creditCode } from '../../../shared/kernel/credit-code.js';
import { DUTIES } from './duties.js';
import { GRANTS } from './grants.js';
import { APPOINTMENTS, PEOPLE } from './posts.js';
import { publishSample } from './published.js';
import { insertPublishers } from './publishers.js';
import { DEPARTMENTS, SCENARIOS, SYSTEMS } from './register.js';

const SINCE = '2026-01-01T00:00:00+08:00';

/** The departments, systems and persons of the demo, and their grants. */
export const seed: Seed = {
  table: 'department',
  async fill(insert, { progress }) {
    const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
    await insert(
      'department',
      { code: 'text', name: 'text', roles: 'jsonb', credit_code: 'text', level: 'text', registered_at: 'timestamptz' },
      DEPARTMENTS.map(({ code, name, roles }, at) => [
        code,
        name,
        json(roles),
        creditCode('11', '330100', `MB0000${String(at + 10)}`),
        'CITY',
        SINCE,
      ]),
    );
    await insert(
      'registered_system',
      { client_id: 'text', name: 'text', department: 'text', suspended: 'bool' },
      SYSTEMS.map(({ clientId, name, department, suspended }) => [clientId, name, department, suspended ?? false]),
    );
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
      PEOPLE.map(({ subject, name, department, roles, suspended }) => [
        subject,
        name,
        department,
        json(roles),
        suspended ?? false,
        SINCE,
        '演示数据',
      ]),
    );
    await insert(
      'appointment',
      { id: 'text', officer: 'text', department: 'text', post: 'text', from_at: 'timestamptz', notice: 'text' },
      APPOINTMENTS.map(({ officer, department, post }, at) => [
        `R-${number(at)}`,
        officer,
        department,
        post,
        SINCE,
        '人事〔2026〕1号',
      ]),
    );
    await insert(
      'duty',
      { id: 'text', department: 'text', name: 'text', legal_source: 'text', since: 'timestamptz' },
      DUTIES.map(({ department, name, source }, at) => [`Z-${number(at)}`, department, name, source, SINCE]),
    );
    const duties = new Map(DUTIES.map(({ department }, at) => [department, `Z-${number(at)}`]));
    const names = new Map(DEPARTMENTS.map(({ code, name }) => [code, name]));
    const published = await publishSample(insert, SINCE, names, duties);
    await insert(
      'scenario',
      { department: 'text', code: 'text', name: 'text', purpose: 'text' },
      SCENARIOS.map(({ department, code, name, purpose }) => [department, code, name, purpose]),
    );
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
      GRANTS.map((grant) => [
        grant.id,
        grant.department,
        grant.scenario,
        grant.mode ?? 'QUERY',
        json(grant.coordinates),
        grant.from ?? '2026-01-01T00:00:00+08:00',
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
    await insertPublishers(insert, SINCE);
    progress(`governance: ${DEPARTMENTS.length} departments, ${GRANTS.length} grants, ${published} published items`);
  },
};

/** Numbers of what is seeded stand before those that a running hub gives, which begin with 000001. */
const number = (at: number): string => `D${String(at + 1).padStart(3, '0')}`;
