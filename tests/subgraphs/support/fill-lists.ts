import { createHash } from 'node:crypto';
import type { AccessRecord } from '../../../shared/evidence/access-record.js';
import { storeEvidence } from '../../governance/support/store-evidence.js';
import { openTestPool } from '../../support/test-database.js';

/** Hash of a subject under the one key of the tests. */
export const hashOf = (subject: string): string => createHash('sha256').update(subject).digest('base64url');

const use = (requestId: string, subject: string): AccessRecord => ({
  kind: 'access',
  time: '2026-01-05T08:00:00.000Z',
  requestId,
  graphVersion: 'g1',
  department: 'housing',
  system: 'housing-app',
  scenario: 'public-rental-review',
  approvals: [],
  released: ['Resident.name'],
  denied: [],
  internal: [],
  subjects: [hashOf(`PERSON:${subject}`)],
  subjectKey: 'k',
  subjectCount: 1,
  rows: { Resident: 1 },
  mode: 'QUERY',
  medium: 'ONLINE',
  outcome: 'answered',
  milliseconds: 1,
  operation: 'f'.repeat(64),
  grantVersion: 1,
});

/** Puts two records into each list of governance that its first filling leaves empty, for the data bureau to see.
 *  @param url      database of governance
 *  @param subject  citizen about whom something was asked */
export async function fillLists(url: string, subject: string): Promise<void> {
  const pool = openTestPool({ connectionString: url, max: 1 });
  try {
    const items = [
      {
        provider: 'public-security',
        resource: 'R',
        shareType: 'UNCONDITIONAL' as const,
        coordinates: ['Resident.name'],
      },
    ];
    const others = [{ ...items[0]!, provider: 'housing', coordinates: ['Home.number'] }];
    await storeEvidence(pool, [
      { kind: 'graph', time: '2026-01-01T00:00:00.000Z', version: 'g1', items: [...items, ...others] },
      use('u1', subject),
      use('u2', subject),
    ]);
    await pool.query(`
      insert into notice (position, department, at, kind, act, object, text, clauses)
        select n, 'data-bureau', now(), 'INFORMATION', 'SUSPEND_GRANT', 'grant/D-0001', '告知', '{}' from generate_series(1, 2) n;
      insert into load (id, subgraph, type, department, key, sha256, bytes, file_name, format, mode, most_rejected, state,
                        announced_at, announced_by, system)
      select 'L-00000' || n, 'schools', 'School', 'public-security', 'k' || n, repeat('0', 64), 1, 'a.csv', 'CSV', 'UPSERT', 0,
             'ANNOUNCED', now(), 'zhao.lei', 'a-system' from generate_series(1, 3) n;
      insert into reform (id, title, basis, lines, effective_at, state, department, drafted_at, drafted_by)
        select 'JG-' || n, '方案', '[]', '[]', now(), 'DRAFT', 'data-bureau', now(), 'wang.min' from generate_series(1, 2) n;
      insert into loader (id, subgraph, department, loader, given_at, given_by)
      select 'N-00000' || n, 'schools', 'public-security', 'x' || n, now(), 'zhao.lei' from generate_series(1, 3) n;
      insert into pull (id, subgraph, type, department, source, every, definition, next_at)
        select 'schools.School' || n, 'schools', 'School' || n, 'public-security', 'gate', 'DAILY', '', now() from generate_series(1, 3) n;
      insert into data_source (id, department, name, kind, address, tls, note, state, submitted_at, submitted_by)
        select 'Q-00000' || n, 'data-bureau', 'gate-' || n, 'REST', 'https://gate.test', 'VERIFIED', '接入', 'PENDING', now(), 'wang.min'
        from generate_series(1, 3) n;
      update appointment set officer = 'wang.min' where department = 'data-bureau' and post = 'DESIGNATED_PERSON';
      insert into subject_protection (id, owner, kind, sealed, subject_key, subject_hash, purposes, reference, reason, basis,
                                      until_at, state, proposed_at, proposed_by)
        select 'PT-00000' || n, 'data-bureau', 'PERSON', 'sealed', 'k', 'h', '[]', '卷', '保护', '[]', now(), 'PROPOSED', now(), 'x'
        from generate_series(1, 2) n;
      insert into verification_lock (subject, item, scope, provider, asker, system, misses, until_at)
        select '\\x00', 'Resident.phone', 'tax-' || n, 'data-bureau', 'tax', 'tax-app', 5, now() from generate_series(1, 2) n;
      insert into comparable_item
        select 'Resident.item' || n, 'population', 'data-bureau', '项', 'String', false, 'PERSON', 'idNumber', 'residents',
          'NOT_SHARED', '{}' from generate_series(1, 2) n;
      insert into multi_source_check (id, name, purpose, basis, authority, left_item, left_owner, right_item, right_owner, form, within,
                                      frequency, hour, batch_size, state, defined_at, defined_by, next_at, changed_at, changed_by)
        select 'MC-00000' || n, '校核', '核对', '[]', 'data-bureau', 'Resident.item' || n, 'data-bureau', 'Home.number', 'housing',
          'EXACT', 0, 'DAILY', 2, 500, 'ACTIVE', now(), 'wang.min', now(), now(), 'wang.min' from generate_series(1, 2) n;
      insert into multi_source_run (id, check_id, left_owner, right_owner, state, started_at, ended_at)
        select 'MR-00000' || n, 'MC-000001', 'data-bureau', 'housing', 'COMPLETED', now(), now() from generate_series(1, 2) n;
      insert into quality_item
        select 'Resident.item' || n, 'population', 'data-bureau', 'Resident', 'item' || n, '101001/000001', '常住人口', '项', 'String',
          'UNCONDITIONAL', '{}' from generate_series(1, 2) n;
      insert into resource_quality (id, subgraph, type, resource, name, provider, frequency, hour, next_at)
        select 'population.Type' || n, 'population', 'Type' || n, '101001/000001', '常住人口', 'data-bureau', 'DAILY', 3, now()
        from generate_series(1, 2) n;
      insert into quality_rule (id, place, provider, item, kind, dimension, definition, fingerprint, state, proposed_at)
        select 'QR-00000' || n, 'population.Type1', 'data-bureau', 'item1', 'REQUIRED', 'COMPLETENESS', '{}', n::text, 'PROPOSED', now()
        from generate_series(1, 2) n;
      insert into quality_run (id, place, provider, mode, state, started_at, ended_at, row_count, rates, counted_rules, stopped_rules,
                               ended_rules)
        select 'QU-00000' || n, 'population.Type1', 'data-bureau', 'FULL', 'COMPLETED', now(), now(), 0, '{}', 0, 0, 0
        from generate_series(1, 2) n;
      insert into quality_ticket (id, rule, place, provider, item, state, opened_at, opened_run, newest_run, checked, failed, due_date,
                                  due_at, due_provisional)
        select 'QT-00000' || n, 'QR-00000' || n, 'population.Type1', 'data-bureau', 'item1', 'OPEN', now(), 'QU-000001', 'QU-000001',
          1, 1, now(), now(), false from generate_series(1, 2) n;
      insert into subgraph_version (id, subgraph, number, kind, department, url, sdl, note, state, submitted_at, submitted_by)
        select 'V-00000' || n, 'stations-' || n, n, 'SUBMISSION', 'data-bureau', 'https://stations.test', 'type Query { stations: Int }',
          '接入', 'PENDING', now(), 'wang.min' from generate_series(1, 2) n;
      insert into subgraph_key (id, subgraph, number, reason, rotated_at, rotated_by, overlap_ends_at)
        select 'K-00000' || n, 'stations', n, '例行更换', now(), 'wang.min', now() from generate_series(1, 3) n;
      insert into saved_query (id, owner, department, name, text, shared)
        select 'SQ-00000' || n, 'wang.min', 'data-bureau', '查询' || n, '{ residents { totalCount } }', true from generate_series(1, 2) n;
      insert into catalogue_task (id, kind, department, subject, opened_at)
        select 'T-' || n, 'REQUESTED', 'data-bureau', '编目', now() from generate_series(1, 2) n;
      insert into resource_freshness (code, name, provider, provisional, clauses, flags, flagged, judged_at)
        select '900009/00000' || n, '资源', 'data-bureau', false, '[]', '[]', false, now() from generate_series(1, 2) n;
      insert into update_exception (id, code, provider, kind, reason, state, clauses, proposed_at, proposed_by)
        select 'UE-90000' || n, '900009/00000' || n, 'data-bureau', 'WINDOW', '季度', 'PROPOSED', '[]', now(), 'x' from generate_series(1, 2) n;
      insert into interface_request (id, provider, need, state, clauses, requested_at, requested_by, working_days, due, due_at, provisional)
        select 'IR-90000' || n, 'data-bureau', '接口', 'OPEN', '[]', now(), 'x', 10, '2026-01-01', now(), false from generate_series(1, 2) n;
      insert into catalogue_change (code, revision, version, at, department, act, to_state)
        select '101001/000001', 1, n, now(), 'public-security', 'CHANGE', 'PUBLISHED' from generate_series(1, 2) n;
      insert into share_application (id, department, applicant, state, form, created_at, submitted_at, visible_to)
        select 'A-90000' || n, 'housing', 'li.na', 'SUBMITTED', '{}', now(), now(), '{*authority}' from generate_series(1, 2) n;
      insert into application_track (id, application, department, provider, kind, status, version, process, state, waits_on, due_at, submitted_at)
        select 'A-90000' || n || '/public-security', 'A-90000' || n, 'housing', 'public-security', 'CONDITIONAL', 'REVIEW', 1,
          '{"steps": [], "escalation": []}', '{"status": "REVIEW", "decisions": []}', '{*authority}', now() - interval '1 day', now()
        from generate_series(1, 2) n;
      insert into correction (id, kind, department, reporter, on_behalf, provider, subject_kind, hashes, sealed, items,
                              description, status, version, process, state, waits_on, reported_at, since)
        select 'K-00000' || n, 'ERROR', 'housing', 'li.na', false, 'public-security', 'PERSON', '[]', 'sealed',
          '{Resident.phone}', '号码有误', 'REPORTED', 1,
          '{"route": {"through": "OPERATOR", "clauses": []}, "report": {"clauses": []}, "decision": {"clauses": []},
            "fix": {"clauses": []}, "dispute": [], "notes": []}',
          '{"status": "REPORTED", "version": 1, "times": {"reported": 0}, "acts": [], "since": 0}', '{*operator}', now(), now()
        from generate_series(1, 2) n;
      insert into correction_receipt (correction, department, items, verdict, uses, told_at)
        select 'K-00000' || n, 'data-bureau', '{Resident.phone}', 'UPHELD', 0, now() from generate_series(1, 2) n;
      insert into use_seal (id, department, from_at, until_at, reason, basis)
        select 'S-' || n, 'housing', now(), now() + interval '1 day', '办案', '[]' from generate_series(1, 2) n;
      insert into evidence.subscription (department, kind, target, position, delivered_to, created_by, stream)
        select 'data-bureau', 'webhook', 'https://hook.test/' || n, 0, 0, 'wang.min', stream
        from generate_series(1, 2) n, (values ('uses'), ('acts')) streams (stream) order by stream desc;
      insert into evidence.delivery (subscription, at, id, from_position, to_position, records, milliseconds)
        select number, now(), 'd' || n, n, n, 1, 1 from evidence.subscription, generate_series(1, 2) n`);
  } finally {
    await pool.end();
  }
}
