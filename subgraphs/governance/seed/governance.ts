import type { Seed } from '../../../shared/subgraph/index.js';
import { DEPARTMENTS, OFFICERS, SCENARIOS, SYSTEMS } from './register.js';
import { GRANTS } from './grants.js';

/** Who takes part in the demo, and what has been granted to them. */
export const seed: Seed = {
  table: 'department',
  async fill(insert, { progress }) {
    const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
    await insert(
      'department',
      { code: 'text', name: 'text', roles: 'jsonb' },
      DEPARTMENTS.map(({ code, name, roles }) => [code, name, json(roles)]),
    );
    await insert(
      'registered_system',
      { client_id: 'text', name: 'text', department: 'text', suspended: 'bool' },
      SYSTEMS.map(({ clientId, name, department, suspended }) => [clientId, name, department, suspended ?? false]),
    );
    await insert(
      'officer',
      { subject: 'text', name: 'text', department: 'text', roles: 'jsonb', suspended: 'bool' },
      OFFICERS.map(({ subject, name, department, roles, suspended }) => [
        subject,
        name,
        department,
        json(roles),
        suspended ?? false,
      ]),
    );
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
        ...[grant.id, grant.department, grant.scenario, grant.mode ?? 'QUERY', json(grant.coordinates)],
        ...[grant.from ?? '2026-01-01T00:00:00+08:00', grant.until ?? '2036-01-01T00:00:00+08:00'],
        ...[grant.suspension !== undefined, grant.suspension ?? null, json(grant.rows), grant.quotaPerDay ?? null],
        ...[json(grant.masks), grant.coordination ?? null, grant.approver, json(grant.basis)],
      ]),
    );
    progress(`governance: ${DEPARTMENTS.length} departments, ${GRANTS.length} grants`);
  },
};
