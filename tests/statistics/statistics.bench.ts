import { parseArgs } from 'node:util';
import pg from 'pg';
import { startSubgraph } from '../../shared/subgraph/start-subgraph.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { countedSubgraph } from '../subgraphs/support/counted.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

/** How long a statistic takes that nobody has asked for this month, beside the plain SQL of the same groups and sums, each in
 *  turn in one run. Exit code 1 where it is more than twice as long.
 *
 *      npm run bench:statistics -- [--persons 1000000] [--rounds 15] */
const { values } = parseArgs({
  options: { persons: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '15' } },
});
const persons = Number(values.persons);
const rounds = Number(values.rounds);
const MOST = 2;

interface Case {
  readonly question: string;
  readonly plain: string;
}
const CUT = 'case when amount > 100 then 100 when amount < -100 then -100 else amount end';
const BORN = `case when born_on < '1980-01-01' then 'a' when born_on < '2000-01-01' then 'b' else 'c' end`;
const CASES: Readonly<Record<string, Case>> = {
  'counts and sums by county and insurance': {
    question:
      'statisticsPerson(by: [DIVISION_COUNTY, INSURED], where: { division: "3301" }, measures: [AMOUNT]) { cells { count amountSum } }',
    plain: `select left(division, 6), insured, count(*), count(amount), sum(${CUT}) from person where division like '3301%' group by 1, 2`,
  },
  'counts by insurance and band of birth': {
    question: 'statisticsPerson(by: [INSURED, BORN_ON]) { cells { count } }',
    plain: `select insured, ${BORN}, count(*), sum(${CUT}) from person group by 1, 2`,
  },
  'persons by the status of their claims': {
    question: 'statisticsClaim(by: [STATUS]) { cells { count } }',
    plain: `select status, count(*), sum(case when s > 100 then 100 else s end)
      from (select claimant, status, sum(amount) as s from claim group by 1, 2) as each group by 1`,
  },
};

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!;
const say = (line: string) => process.stdout.write(`${line}\n`);

const server = await openTestServer();
const database = testDatabaseName('statistics_bench');
await server.createDatabase(database);
const client = new pg.Client({ connectionString: server.url(database) });
await client.connect();
let month = 0;
const now = () => Date.UTC(2026, month, 15);
const subgraph = await startSubgraph(countedSubgraph, {
  port: 0,
  key: subgraphKey(TEST_SECRET, 'counted'),
  databaseUrl: server.url(database),
  statistics: { budget: { department: 1_000_000, resource: 1_000_000 } },
  now,
});
try {
  await client.query(`
    insert into person
    select '330106' || lpad(i::text, 12, '0'), '3301' || lpad((2 + i % 13)::text, 2, '0') || lpad((i % 17)::text, 3, '0'), i % 3 = 0,
      date '1940-01-01' + i % 30000, null, case when i % 5 > 0 then i % 130 end
    from generate_series(1, ${persons}) as i;
    insert into claim select i::text, 'P' || i % ${Math.ceil(persons / 2)}, (array['open','closed','refused'])[1 + i % 7 % 3], i % 50
    from generate_series(1, ${persons}) as i`);
  await client.query('vacuum analyze person');
  await client.query('vacuum analyze claim');
  const ask = askAs('counted', subgraph.url);
  const time = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  for (const [what, { question, plain }] of Object.entries(CASES)) {
    const times: { asked: number[]; plain: number[] } = { asked: [], plain: [] };
    for (let round = -2; round < rounds; round++) {
      month++;
      const asked = await time(async () => {
        const { errors } = await ask(`{ ${question} }`, { context: { expiresAt: Math.floor(now() / 1000) + 60 } });
        if (errors.length > 0) throw new Error(errors[0]!.message);
      });
      const alone = await time(() => client.query(plain));
      // The first two fill what the database keeps in memory.
      if (round < 0) continue;
      times.asked.push(asked);
      times.plain.push(alone);
    }
    const ratio = median(times.asked) / median(times.plain);
    say(
      `${what}: ${median(times.asked).toFixed(0)} ms, plain SQL ${median(times.plain).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
    );
    if (ratio > MOST) process.exitCode = 1;
  }
} finally {
  await client.end();
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
}
