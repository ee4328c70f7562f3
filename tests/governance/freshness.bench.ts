import { readCalendar, readProfile } from '../../shared/law/index.js';
import { recomputeFreshness } from '../../subgraphs/governance/freshness/index.js';
import { startGovernance } from './support/governance-under-test.js';

/** How long it takes to judge the freshness of 2,000 resources anew, and fails above one second: the first time, when every row
 *  is written; when nothing has changed; and when every one of them has been loaded since. */
const RESOURCES = 2_000;
const CEILING_MS = 1_000;
const governance = await startGovernance();
try {
  await governance.rows(
    `insert into catalogue_resource (id, code, revision, version, state, kind, subgraph, type_name, name, provider, update_cycle,
       openness_basis, legal_basis, related, supplement, process, reviews, published_at, updated_at)
     select '101001/8' || n || '@1', '101001/8' || n, 1, 1, 'PUBLISHED', 'DATA', 'files', 'T' || n, '资源' || n, 'public-security',
       (array['REALTIME', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY'])[1 + n % 5],
       '[]', '[]', '[]', false, '[]', '[]', now(), now() from generate_series(1, $1::int) n`,
    [RESOURCES],
  );
  const load = (round: number) =>
    governance.rows(
      `insert into load (id, subgraph, type, department, key, sha256, bytes, file_name, format, mode, most_rejected, state,
         announced_at, announced_by, system, ended_at, outcome)
       select 'L-' || $1::int || '-' || n, 'files', 'T' || n, 'public-security', $1::int || '-' || n, repeat('0', 64), 1, 'a.csv', 'CSV',
         'UPSERT', 0, 'LOADED', now(), 'x', 'x', now(), '{}' from generate_series(1, $2::int) n`,
      [round, RESOURCES],
    );
  const judge = async (name: string) => {
    const begun = performance.now();
    const law = { profile: readProfile('hangzhou'), calendar: readCalendar(), now: Date.now() };
    const changed = await recomputeFreshness(governance.pool, law);
    const ms = Math.round(performance.now() - begun);
    process.stdout.write(`${name}: ${changed} of ${RESOURCES} resources changed, ${ms} ms\n`);
    if (ms > CEILING_MS) throw new Error(`${ms} ms is more than ${CEILING_MS} ms`);
  };
  await load(1);
  await judge('first');
  await judge('unchanged');
  await load(2);
  await judge('all loaded again');
} finally {
  await governance.stop();
}
