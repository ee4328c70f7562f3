import type { AccessRecord } from '../../../shared/evidence/access-record.js';
import type { SubjectHash } from '../../../shared/evidence/subject-keys.js';
import type { Query } from '../../../shared/evidence/store/store-connection.js';
import { Conditions } from './conditions.js';
import type { Place } from './cursor.js';
import type { SubjectUse } from './subject-uses.js';
import { namesSubject } from './use-reader.js';

interface FoundUses {
  readonly uses: readonly (Place & { readonly use: SubjectUse })[];
  /** Uses that are told. */
  readonly total: number;
  readonly withheld: number;
}

/** A live seal covers the use: its department, scenario and grant, from its beginning on. */
const SEALED = `exists (
  select from use_seal seal
   where seal.lifted_at is null and seal.until_at > now() and seal.department = record.department
     and (seal.scenario is null or seal.scenario = record.scenario) and record.at >= seal.from_at
     and (seal.grant_id is null or strpos(record.line, '"grant":' || to_json(seal.grant_id)::text) > 0))`;

/** The uses in which a person's records were given, newest first, but for those that are sealed. */
export async function readSubjectUses(
  query: Query,
  hashes: readonly SubjectHash[],
  { limit, after }: { readonly limit: number; readonly after?: Place },
): Promise<FoundUses> {
  const conditions = namesSubject(new Conditions().add(`kind = 'access'`), hashes);
  const found = `found as materialized (
    select position, at, line, department, ${SEALED} as sealed from evidence.record where ${conditions.text})`;
  const [counts] = await query(
    `with ${found}
     select count(*) filter (where not sealed) as total, count(*) filter (where sealed) as withheld from found`,
    conditions.values,
  );
  const told = new Conditions();
  told.values.push(...conditions.values);
  told.add('not sealed');
  if (after)
    told.add(
      '(found.at, found.position) < (?::timestamptz, ?::bigint)',
      new Date(after.at).toISOString(),
      after.position,
    );
  const last = told.value(limit);
  const rows = await query(
    `with ${found}
     select position, (extract(epoch from at) * 1000)::float8 as at_ms, line, department.name as department_name
       from found left join department on department.code = found.department
      where ${told.text} order by at desc, position desc limit ${last}`,
    told.values,
  );
  return {
    uses: rows.map((row) => ({
      at: Number(row['at_ms']),
      position: Number(row['position']),
      use: toldOf(JSON.parse(String(row['line'])) as AccessRecord, row['department_name'] as string | null),
    })),
    total: Number(counts!['total']),
    withheld: Number(counts!['withheld']),
  };
}

function toldOf(record: AccessRecord, departmentName: string | null): SubjectUse {
  const { time, department, scenario, purpose, approvals, released, mode, requestId } = record;
  const basis = [...new Set(approvals.flatMap((approval) => approval.basis))];
  return { time: new Date(time), department, departmentName, scenario, purpose, basis, released, mode, requestId };
}
