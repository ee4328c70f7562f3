import { sql, type SqlBool } from 'kysely';
import type pg from 'pg';
import type { GovernanceAct } from '../../../shared/evidence/index.js';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { MULTI_SOURCE_SYSTEM } from '../../../shared/kernel/index.js';
import type { Profile } from '../../../shared/law/index.js';
import type { EnvelopeKeys } from '../../../shared/trust/secret-envelope.js';
import { anyOf, type Database, nextNumber } from '../core/index.js';
import { resolveCorrectionProcess } from './correction-process.rule.js';
import { openCorrection } from './correction-state.rule.js';
import { saveState, type Days } from './save-state.js';
import { type DisputedSubject, hashSubject, sealSubject } from './subject-seal.js';
import { correctionTables } from './tables.js';
import { say } from './messages/index.js';

/** What cases of checks are opened with. */
export interface CaseRoom extends Days {
  readonly profile: Profile;
  readonly keys: EnvelopeKeys;
  /** Every hash under which a record may name a subject. */
  readonly hashesOf: (subject: string) => readonly SubjectHash[];
  /** ms since the epoch. */
  readonly now: number;
}
/** A difference that a check has found, as one of the two providers is told of it. */
export interface CheckCase {
  /** Number of the check. */
  readonly check: string;
  readonly provider: string;
  readonly item: string;
  /** The other department, in whose name it is reported, and its name. Its value stands nowhere. */
  readonly other: string;
  readonly otherName: string;
  /** The identifier is in its one form. */
  readonly subject: DisputedSubject;
}
export interface OpenedCase {
  readonly id: string;
  /** Absent where the other department has reported the same already: that case takes its place. */
  readonly act?: Pick<GovernanceAct, 'act' | 'object' | 'concerns' | 'basis' | 'terms' | 'system'>;
}

/** Opens the case of a difference at one of the two providers, in the transaction of the run. It is dispatched as the law in
 *  force has it, and its deadlines begin.
 *  @source HZ-6.3a, HZ-6.3b */
export async function openCheckCase(client: pg.PoolClient, room: CaseRoom, found: CheckCase): Promise<OpenedCase> {
  const { check, provider, item, other, otherName, subject } = found;
  const { profile, keys, hashesOf, now } = room;
  const hashes = hashSubject(hashesOf, subject);
  const known = await findReported(client, other, hashes, item);
  if (known !== undefined) return { id: known };
  const id = await nextNumber(client, 'correction_number', 'K');
  const process = resolveCorrectionProcess(profile);
  const opened = openCorrection(
    process,
    { by: MULTI_SOURCE_SYSTEM, as: 'reporter', type: 'REPORT' },
    { now, found: now },
  );
  const state = { ...opened, check };
  const { status, version, since } = state;
  await correctionTables(client)
    .insertInto('correction')
    .values({
      ...{ id, kind: 'MISMATCH', department: other, reporter: MULTI_SOURCE_SYSTEM, on_behalf: false, provider },
      ...{ subject_kind: subject.kind, hashes: JSON.stringify(hashes), items: [item], status, version },
      sealed: await sealSubject(subject.identifier, keys, id),
      description: say('check.found', { check, other: otherName }).in('zh'),
      ...{ process: JSON.stringify(process), state: JSON.stringify(state), waits_on: [], due_provisional: false },
      ...{ reported_at: new Date(now), since: new Date(since) },
    })
    .execute();
  await saveState(client, { id, process, department: other, provider, acceptedAt: null }, state, room);
  return {
    id,
    act: {
      ...{ act: 'REPORT_CORRECTION', object: `correction/${id}`, system: MULTI_SOURCE_SYSTEM },
      // The provider learns of it when it is dispatched.
      concerns: status === 'DISPATCHED' ? [provider] : [],
      basis: process.route.clauses,
      terms: { kind: 'MISMATCH', items: [item], status, onBehalf: false, check },
    },
  };
}

/** The open correction that a department has reported on the item of the subject. */
async function findReported(
  database: Database,
  department: string,
  hashes: readonly SubjectHash[],
  item: string,
): Promise<string | undefined> {
  const row = await correctionTables(database)
    .selectFrom('correction')
    .select('id')
    .where('department', '=', department)
    .where('closed_at', 'is', null)
    .where((eb) => sql<SqlBool>`${eb.ref('items')} @> ${[item]}::text[]`)
    .where((eb) => eb.or(hashes.map((hash) => sql<SqlBool>`${eb.ref('hashes')} @> ${JSON.stringify([hash])}::jsonb`)))
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

/** The open ones among some corrections. */
export async function findOpenCorrections(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await correctionTables(database)
    .selectFrom('correction')
    .select('id')
    .where((eb) => eb('id', '=', anyOf(ids)))
    .where('closed_at', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
