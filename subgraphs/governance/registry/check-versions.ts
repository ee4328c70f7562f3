import { sql } from 'kysely';
import type pg from 'pg';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../shared/evidence/store/index.js';
import type { PublishedSubgraph } from '../../../shared/read-model/read-model.js';
import { readSnapshot } from '../../../shared/read-model/read-snapshot.js';
import type { ReleasePolicy } from '../../../shared/share/releases/release.js';
import { inTransaction } from '../core/index.js';
import { checkRows } from './check-rows.js';
import { weighFindings } from './weigh-findings.js';
import type { VersionFinding } from './finding.type.js';
import { fingerprintOf } from './publication.rule.js';
import { registryTables } from './tables.js';

/** A version that is to be checked; without `served` it is the end of the subgraph. */
export interface CandidateVersion {
  readonly subgraph: string;
  readonly served?: { readonly url: string; readonly sdl: string };
}
/** Checks a version beside what is published. An ERROR among the findings refuses it.
 *  @throws when it cannot be checked at present */
export type CheckVersion = (
  candidate: CandidateVersion,
  published: readonly PublishedSubgraph[],
  policy: ReleasePolicy,
) => Promise<readonly VersionFinding[]>;

export interface VersionChecks {
  /** The governance database. */
  readonly pool: pg.Pool;
  /** The database of hosted tables, where it is known. */
  readonly tables?: pg.Pool | undefined;
  readonly store: RecordStore;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly check: CheckVersion;
}

/** Checks that a version may end the process: after so many it is refused. */
const MOST_ATTEMPTS = 3;
const MOST_FINDINGS = 500;

/** Checks the oldest version that waits, or that was checked beside other versions than are published now. It may be killed
 *  at any point; two workers that check the same version store the same findings.
 *  @returns the version that was checked
 *  @throws when it cannot be checked at present; it waits */
export async function checkVersions({ pool, tables, store, now, check }: VersionChecks): Promise<string | undefined> {
  const db = registryTables(pool);
  // Read before what it names: a publication in between makes the check an outdated one, and it is made again.
  const current = fingerprintOf(
    await db.selectFrom('subgraph_version').select('id').where('state', '=', 'PUBLISHED').execute(),
  );
  const waiting = await db
    .selectFrom('subgraph_version')
    .select(['id', 'subgraph', 'department', 'url', 'sdl', 'declaration', 'attempts'])
    .where((eb) =>
      eb.or([eb('state', '=', 'PENDING'), eb.and([eb('state', '=', 'CHECKED'), eb('checked_against', '<>', current)])]),
    )
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!waiting) return undefined;
  const { id, subgraph, url, sdl, declaration, attempts } = waiting;
  const count = (step: 1 | -1) =>
    db
      .updateTable('subgraph_version')
      .set((eb) => ({ attempts: eb('attempts', '+', step) }))
      .where('id', '=', id)
      .execute();
  const served = url != null && sdl != null ? { served: { url, sdl } } : {};
  await count(1);
  const snapshot = await readSnapshot(
    async (text, values) => (await pool.query<Record<string, unknown>>(text, values as unknown[])).rows,
  );
  const published = snapshot.subgraphs ?? [];
  const findAll = async () => [
    ...(await check({ subgraph, ...served }, published, snapshot)),
    ...(declaration == null ? [] : await checkRows(tables, declaration)),
  ];
  const found =
    attempts >= MOST_ATTEMPTS
      ? [TOO_HEAVY]
      : await findAll().catch(async (error: unknown) => {
          await count(-1);
          throw error;
        });
  await count(-1);
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const { findings, concerned } = await weighFindings(client, waiting.department, found.slice(0, MOST_FINDINGS), now);
    const isRefused = found.some(({ severity }) => severity === 'ERROR');
    const tables = registryTables(client);
    const row = await tables
      .updateTable('subgraph_version')
      .set({
        state: isRefused ? 'REFUSED' : 'CHECKED',
        checked_at: new Date(now),
        checked_against: current,
        findings: sql`${JSON.stringify(findings)}::jsonb`,
      })
      .where('id', '=', id)
      .where('state', 'in', ['PENDING', 'CHECKED'])
      .returning(['department', 'number'])
      .executeTakeFirst();
    if (!row) return;
    const { department, number } = row;
    onCommit(
      await recordActs(store, connection, chain, [
        {
          time: new Date(now).toISOString(),
          act: 'CHECK_VERSION',
          object: `subgraph-version/${id}`,
          concerns: isRefused ? [department] : [...new Set([department, ...concerned])].sort(),
          basis: [],
          terms: { subgraph, number, state: isRefused ? 'REFUSED' : 'CHECKED', findings: findings.length },
        },
      ]),
    );
  });
  return id;
}

const TOO_HEAVY: VersionFinding = {
  code: 'CHECK_FAILED',
  severity: 'ERROR',
  message:
    'The check of this version ended the process that made it, several times. Split the schema, or ask the operator.',
};
