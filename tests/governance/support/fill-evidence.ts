import { hash } from 'node:crypto';
import type pg from 'pg';
import type { SubjectHash } from '../../../shared/evidence/keys/subject-keys.js';

export interface FillOptions {
  readonly records: number;
  readonly months?: number;
  readonly departments?: number;
  readonly sets?: number;
  readonly providers?: number;
  readonly subjects?: number;
  readonly log?: (line: string) => void;
}
export type Filled = Required<Omit<FillOptions, 'log'>>;

/** Fills the tables of evidence with made-up uses: what is read is as it would be, but there is no chain in it. A few
 *  departments, sets of items and scenarios are used far more than others; one item and one mode hardly ever.
 *  The newest use is a minute old. */
export async function fillEvidence(pool: pg.Pool, options: FillOptions): Promise<Filled> {
  const { log = () => undefined, ...given } = options;
  const filled = { months: 36, departments: 200, sets: 2_000, providers: 5, subjects: 1_000_000, ...given };
  const { records, months } = filled;
  await fillItems(pool, filled);
  const indexes = await pool.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = 'evidence.record'::regclass and not indisprimary`,
  );
  for (const { name } of indexes.rows) await pool.query(`drop index ${name}`);
  await pool.query(
    `select evidence.open_month(m::date)
       from generate_series(date_trunc('month', now()) - make_interval(months => $1), now(), interval '1 month') m`,
    [months + 1],
  );
  const step = Math.ceil(records / months);
  for (let from = 1; from <= records; from += step) {
    await pool.query(RECORDS, values(filled, from, Math.min(records, from + step - 1)));
    log(`${Math.min(records, from + step - 1)} records`);
  }
  for (const { definition } of indexes.rows) await pool.query(definition.replace(' ON ONLY ', ' ON '));
  await pool.query(
    `insert into evidence.daily (day, department, scenario, items, mode, outcome, requests, rows, subjects)
     select (at at time zone 'Asia/Shanghai')::date, department, coalesce(scenario, ''), items, mode, outcome,
            count(*), count(*), count(*)
       from evidence.record where kind = 'access' group by 1, 2, 3, 4, 5, 6`,
  );
  await pool.query('update evidence.ledger set position = $1', [records]);
  await pool.query('vacuum analyze evidence.record');
  for (const table of ['daily', 'item_use', 'item_set', 'graph_item'])
    await pool.query(`vacuum analyze evidence.${table}`);
  log('indexes, counts by day, statistics');
  return filled;
}

/** Which made-up subject a person is. */
export const filledHashes =
  ({ subjects }: Pick<Filled, 'subjects'>) =>
  (subject: string): readonly SubjectHash[] => {
    const number = Number(BigInt(subject.replace(/\D/g, '') || 0) % BigInt(subjects));
    return [{ key: 'made-up', hash: hash('sha256', `S${number}`, 'base64url').slice(0, 22) }];
  };

async function fillItems(pool: pg.Pool, { sets, providers }: Filled): Promise<void> {
  await pool.query(
    `insert into evidence.graph (version, at, position) values ('filled', now() - interval '4 years', 0)`,
  );
  await pool.query(
    `insert into evidence.graph_item (graph, coordinate, provider, resource, share_type)
     select 'filled', 'T' || p || '.i' || i, 'P' || p, 'R' || p || '-' || i / 10, 'CONDITIONAL'
       from generate_series(1, $1) p, generate_series(1, 50) i`,
    [providers],
  );
  await pool.query(
    `insert into evidence.item_set (id, digest) overriding system value
     select n, 'made up ' || n from generate_series(1, $1) n`,
    [sets],
  );
  await pool.query(`select setval(pg_get_serial_sequence('evidence.item_set', 'id'), $1)`, [sets]);
  await pool.query(
    `insert into evidence.item_use (items, coordinate, part, code, provider, resource)
     select n, coordinate, case when k < 5 then 'released' else 'denied' end, case when k < 5 then null else 'NOT_SHARED' end,
            provider, resource
       from generate_series(1, $1) n, generate_series(0, 5) k
       join lateral (select * from evidence.graph_item
                      where coordinate = 'T' || 1 + (n + k / 4) % $2 || '.i' || 1 + (n * 7 + k * 11) % 49) item on true
     on conflict do nothing`,
    [sets, providers],
  );
  // One item that only the last set has, which one department uses now and then.
  await pool.query(
    `insert into evidence.item_use values ($1, 'T1.i50', 'released', null, 'P1', 'R1-5') on conflict do nothing`,
    [sets],
  );
}

/** Records of a stretch of positions, evenly over the time. */
const RECORDS = `
  insert into evidence.record (month, position, writer, seq, at, kind, department, system, person, scenario, mode, outcome,
                               request, items, subjects, line)
  select (date_trunc('month', at at time zone 'Asia/Shanghai'))::date, n, 'abcdef012345', n, at, 'access', 'D' || d,
         'sys-' || d || '-' || s, person, scenario, mode, outcome, 'r' || n, items,
         array[('x' || encode(substring(h from 1 for 8), 'hex'))::bit(64)::bigint],
         '{"writer":"abcdef012345","seq":' || n || ',"prev":"' || repeat('x', 43) || '","kind":"access","time":"' ||
         to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","requestId":"r' || n || '","department":"D' || d ||
         '","system":"sys-' || d || '-' || s || coalesce('","person":"' || person, '') || coalesce('","scenario":"' || scenario, '') ||
         '","purpose":"' || repeat('审核', 20) || '","approvals":[{"grant":"G-' || d || '","approver":"zhao.lei","basis":["办法 第七条"]}]' ||
         ',"operation":"' || repeat('0', 64) || '","released":["T1.i1","T1.i2","T2.i3"],"denied":[],"internal":[],"subjects":["' ||
         substr(translate(encode(h, 'base64'), '+/', '-_'), 1, 22) || '"],"subjectKey":"made-up","subjectCount":1,"rows":{"T1":1,"T2":1}' ||
         ',"mode":"' || mode || '","outcome":"' || outcome || '","grantVersion":1,"graphVersion":"filled","milliseconds":1.5,"hash":"' ||
         repeat('y', 43) || '"}'
    from (
      select n, at, d, s, h, items, case when r1 < 0.7 then 'p-' || d || '-' || (r1 * 30)::int end as person,
             case when r2 < 0.9 then 's-' || d || '-' || (r2 * 3)::int end as scenario,
             case when r3 < 0.97 then 'QUERY' when r3 < 0.995 then 'VERIFY' when r3 < 0.9999 then 'STATISTICS' else 'BULK' end as mode,
             case when r4 < 0.8 then 'answered' when r4 < 0.95 then 'partial' when r4 < 0.9999 then 'refused' else 'failed' end as outcome
        from (
          select n, d, (random() * 2)::int as s, random() as r1, random() as r2, random() as r3, random() as r4,
                 date_trunc('milliseconds', now() - interval '1 minute' - make_interval(secs => ($3::float8 - n) * ($4::float8 * 2629746 / $3))) as at,
                 1 + d + $5::int * floor($6::int / $5 * r0 * r0 * r0)::int as items,
                 sha256(('S' || floor(random() * $7::int)::int)::bytea) as h
            from (select n, floor($5::int * power(random(), 2))::int as d, random() as r0 from generate_series($1::int, $2::int) n) drawn
        ) made
    ) named`;

const values = ({ records, months, departments, sets, subjects }: Filled, from: number, to: number) => [
  from,
  to,
  records,
  months,
  departments,
  sets,
  subjects,
];
