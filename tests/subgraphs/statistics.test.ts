import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import type { RunningSubgraph } from '../../shared/subgraph/index.js';
import { startSubgraph } from '../../shared/subgraph/start-subgraph.js';
import type { AskSubgraph, SubgraphQuestion } from '../../shared/subgraph/testing/index.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { countedSubgraph } from './support/counted.js';

/** Three townships of a county, and one of another. The second county has nine persons, the third nobody. */
const TOWNSHIPS = ['330106002', '330106004', '330106005', '330102001'] as const;
const NINE = '330105001';
const NOBODY = '330108001';

let server: DatabaseServer;
let subgraph: RunningSubgraph;
let ask: AskSubgraph;
let client: pg.Client;
let now = Date.parse('2026-08-15T02:00:00Z');
const database = testDatabaseName('statistics');
const statements: string[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  subgraph = await startSubgraph(countedSubgraph, {
    port: 0,
    key: subgraphKey(TEST_SECRET, 'counted'),
    databaseUrl: server.url(database),
    onSql: (statement) => statements.push(statement),
    logger: { debug: () => undefined, error: (details) => faults.push(details) },
    statistics: { budget: { department: 100, resource: 1_000 } },
    now: () => now,
  });
  const asked = askAs('counted', subgraph.url);
  // The signed context expires by the same clock.
  ask = (query, question: SubgraphQuestion = {}) =>
    asked(query, { ...question, context: { expiresAt: Math.floor(now / 1000) + 60, ...question.context } });
  await client.query(`
    insert into person
    select 'P' || i, (array['${TOWNSHIPS.join("','")}'])[1 + i % 4], i / 4 % 2 = 0, date '1960-01-01' + i * 37, null, case when i % 3 > 0 then i % 300 end
    from generate_series(0, 799) as i;
    insert into person select 'N' || i, '${NINE}', true, '1990-01-01', null, 10 from generate_series(1, 9) as i;
    insert into claim select 'C' || i, 'P' || i % 60, 'open', 10 from generate_series(1, 600) as i;
    insert into claim select 'D' || i, 'P' || i % 120, 'closed', 10 from generate_series(1, 240) as i`);
}, 60_000);
beforeEach(async () => {
  statements.length = faults.length = 0;
  const { rows } = await client.query(`select to_regclass('statistics_ledger') is not null as there`);
  if (rows[0].there) await client.query('delete from statistics_ledger; delete from statistics_question');
});
afterAll(async () => {
  await client.end();
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
});

const counts = () => statements.filter((statement) => statement.includes('bit_xor'));
const code = ({ errors }: Awaited<ReturnType<AskSubgraph>>) => errors.map(({ extensions }) => extensions.code);

describe('a statistic', () => {
  it('is refused before any statement where it is no conjunction of three single values at most', async () => {
    const refused = async (where: string, by = '') =>
      code(await ask(`{ statisticsPerson(by: [${by}], where: ${where}) { cells { count } } }`));
    for (const where of [
      '{ or: [{ insured: true }, { insured: false }] }',
      '{ insured: [true, false] }',
      '{ not: { insured: true } }',
      '{ bornOn: { below: "1990-01-01" } }',
      '{ division: ["330106", "330102"] }',
      '{ idNumber: "P1" }',
      '{ amount: 5 }',
      '{ grade: "c" }',
      '{ division: "33010" }',
      `{ division: "330106' or true --" }`,
    ])
      expect([where, await refused(where)]).toEqual([
        where,
        [expect.stringMatching(/GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT/)],
      ]);
    expect(await refused('{ division: "33", grade: "a" }', 'INSURED, BORN_ON')).toEqual([
      'STATISTICS_TOO_MANY_DIMENSIONS',
    ]);
    expect(await refused('{}', 'DIVISION_TOWNSHIP')).toEqual(['STATISTICS_TOO_MANY_CELLS']);
    expect(await refused('{}', 'DIVISION_CITY, DIVISION_COUNTY')).toEqual(['BAD_USER_INPUT']);
    expect(await refused('{ division: "330106" }', 'DIVISION_CITY')).toEqual(['BAD_USER_INPUT']);
    expect(statements).toEqual([]);
  });

  it('has one answer and one price, however it is put and whoever asks', async () => {
    const fields =
      'cells { division insured count amountSum amountMean amountMeanError95 } suppressedCells snapshot cost budgetLeft';
    const ways: [string, object?][] = [
      [
        `{ statisticsPerson(by: [DIVISION_TOWNSHIP, INSURED], where: { division: "330106" }, measures: [AMOUNT]) { ${fields} } }`,
      ],
      [
        `{ statisticsPerson(measures: [AMOUNT, AMOUNT], where: { division: "330106" }, by: [INSURED, DIVISION_TOWNSHIP, INSURED]) { ${fields} } }`,
      ],
      [
        `query Q($by: [PersonDimension!]!, $where: PersonStatisticsFilter, $m: [PersonMeasure!]!) { statisticsPerson(by: $by, where: $where, measures: $m) { ${fields} } }`,
        { by: ['DIVISION_TOWNSHIP', 'INSURED'], where: { division: '330106', grade: null }, m: ['AMOUNT'] },
      ],
      [
        `query ($d: String) { statisticsPerson(by: [DIVISION_TOWNSHIP, INSURED], where: { division: $d }, measures: AMOUNT) { ${fields} } }`,
        { d: '330106' },
      ],
      [
        `{ statisticsPerson: statisticsPerson(by: [DIVISION_TOWNSHIP, INSURED], where: { division: "330106" }, measures: [AMOUNT]) { ... on PersonStatistics { ${fields} } } }`,
      ],
    ];
    const answers = [];
    for (const department of ['housing', 'tax'])
      for (const [query, variables = {}] of ways)
        answers.push(await ask(query, { variables, context: { department } }));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { cells, cost, budgetLeft, suppressedCells } = answers[0]!.data.statisticsPerson;
    expect(cells.filter(({ count }: { count: number | null }) => count !== null)).toHaveLength(6);
    expect({ cells: cells.length, cost, budgetLeft, suppressedCells }).toEqual({
      ...{ cells: 24, cost: 48, budgetLeft: 52, suppressedCells: 18 },
    });
    expect(counts()).toHaveLength(1);
  });

  it('sums the values that there are, each cut to its bound', async () => {
    const { data } = await ask(
      '{ statisticsPerson(by: [BORN_ON], measures: [AMOUNT]) { cells { bornOn count amountSum amountMean amountMeanError95 } measures { sumErrorMax } } }',
    );
    const { rows } = await client.query(
      `select born_on < '1980-01-01' as old, born_on < '2000-01-01' as middle, count(*)::int, sum(case when amount > 100 then 100 else amount end)::int as sum,
         count(amount)::int as given from person group by 1, 2 order by 1 desc, 2 desc`,
    );
    const { cells, measures } = data.statisticsPerson;
    expect(cells.map(({ bornOn }: { bornOn: string }) => bornOn)).toEqual([
      ...['BELOW_1980_01_01', 'FROM_1980_01_01', 'FROM_2000_01_01'],
    ]);
    for (const [at, { count, amountSum, amountMean, amountMeanError95 }] of cells.entries()) {
      expect(Math.abs(count - rows[at].count)).toBeLessThanOrEqual(10);
      expect(Math.abs(amountSum - rows[at].sum)).toBeLessThanOrEqual(measures[0].sumErrorMax);
      expect(Math.abs(amountMean - rows[at].sum / rows[at].given)).toBeLessThanOrEqual(3 * amountMeanError95);
    }
  });

  it('looks the same for nine persons as for nobody', async () => {
    const of = async (division: string) => {
      const { text } = await ask(
        `{ statisticsPerson(where: { division: "${division}" }, measures: [AMOUNT]) { cells { count amountSum } suppressedCells cost } }`,
      );
      return text;
    };
    const empty = await of(NOBODY);
    expect(empty).toContain('"count":null');
    expect(await of(NINE)).toBe(empty);
    expect(await of(NINE.slice(0, 6))).toBe(empty);
  });

  it('counts each person once, whatever the number of their rows', async () => {
    const { data } = await ask(
      '{ statisticsClaim(by: [STATUS], measures: [AMOUNT]) { cells { status count amountSum } } }',
    );
    const [open, closed, refused] = data.statisticsClaim.cells;
    // 60 of 120 claimants have open claims, so all of them and the other 60 have closed ones.
    expect(open.status).toBe('OPEN');
    expect(Math.abs(open.count - 60)).toBeLessThanOrEqual(10);
    // The rest of all without those with closed claims is nobody.
    expect([closed, refused]).toEqual([
      { status: 'CLOSED', count: null, amountSum: null },
      { status: 'REFUSED', count: null, amountSum: null },
    ]);
    // Ten claims of ten each, cut to what one person may count for.
    expect(Math.abs(open.amountSum - 60 * 100)).toBeLessThanOrEqual(310);
  });

  it('counts protected persons, for who is missing would be known', async () => {
    const query = '{ statisticsPerson(by: [BORN_ON]) { cells { bornOn count } } }';
    const { text } = await ask(query);
    expect(text).toContain('FROM_1980_01_01');
    await client.query('delete from statistics_table; delete from statistics_cell');
    const protectedSubjects = Array.from({ length: 400 }, (_, at) => ({
      owner: 'counting',
      kind: 'PERSON' as const,
      identifier: `P${at}`,
    }));
    expect((await ask(query, { protectedSubjects })).text).toBe(text);
    expect(counts()).toHaveLength(1);
  });

  it('is given for one division of a grant at a time', async () => {
    const context = { rows: { Person: ['330106', '330102'] } };
    const of = async (args: string) => code(await ask(`{ statisticsPerson${args} { cells { count } } }`, { context }));
    expect(await of('')).toEqual(['OUT_OF_SCOPE']);
    expect(await of('(where: { division: "3301" })')).toEqual(['OUT_OF_SCOPE']);
    expect(await of(`(where: { division: "${NINE}" })`)).toEqual(['OUT_OF_SCOPE']);
    expect(await of('(by: [DIVISION_CITY])')).toEqual(['OUT_OF_SCOPE']);
    expect(counts()).toEqual([]);
    expect(await of('(where: { division: "330106002" }, by: [INSURED])')).toEqual([]);
  });
});

describe('the budget', () => {
  it('lasts for 25 of 50 questions that come at once, to the unit', async () => {
    const questions = Array.from({ length: 50 }, (_, at) => `3301060${10 + at}`);
    const answers = await Promise.all(
      questions.map((division) =>
        ask(
          `{ statisticsPerson(where: { division: "${division}" }, by: [INSURED], measures: [AMOUNT]) { cost budgetLeft } }`,
        ),
      ),
    );
    const answered = answers.filter(({ data }) => data.statisticsPerson !== null);
    expect(answered).toHaveLength(25);
    expect(answered.map(({ data }) => data.statisticsPerson.budgetLeft).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 25 }, (_, at) => at * 4),
    );
    expect(new Set(answers.flatMap(code))).toEqual(new Set(['STATISTICS_BUDGET_SPENT']));
    // What was answered may be asked again, what was not may not.
    const first = questions[answers.indexOf(answered[0]!)]!;
    const again = await ask(
      `{ statisticsPerson(where: { division: "${first}" }, by: [INSURED], measures: [AMOUNT]) { budgetLeft } }`,
    );
    expect(again.data.statisticsPerson).toEqual({ budgetLeft: 0 });
    now += 31 * 24 * 3_600_000;
    const next = await ask(`{ statisticsPerson(by: [INSURED]) { cost budgetLeft } }`);
    expect(next.data.statisticsPerson).toEqual({ cost: 2, budgetLeft: 98 });
  });

  it('is paid for what all departments ask of a resource together', async () => {
    const spend = (at: number) =>
      ask('{ statisticsPerson(by: [INSURED, BORN_ON]) { budgetLeft } }', { context: { department: `d${at}` } });
    await client.query(`insert into statistics_ledger values ('900001/000001 Person', $1, '', 990)`, [
      new Date(now).toISOString().slice(0, 7),
    ]);
    expect(code(await spend(1))).toEqual([]);
    expect(code(await spend(2))).toEqual(['STATISTICS_BUDGET_SPENT']);
    expect(code(await spend(1))).toEqual([]);
  });

  it('is spent before rows are counted, and the question is not paid for again when that failed', async () => {
    const query = '{ statisticsPerson(by: [GRADE]) { cost budgetLeft } }';
    await client.query('alter table person rename to person_away');
    expect(code(await ask(query))).toEqual(['SUBGRAPH_ERROR']);
    const { rows } = await client.query(`select spent from statistics_ledger where department = 'housing'`);
    expect(rows).toEqual([{ spent: 2 }]);
    await client.query('alter table person_away rename to person');
    expect((await ask(query)).data.statisticsPerson).toEqual({ cost: 2, budgetLeft: 98 });
  });
});

it('what past months leave is removed, of resources that nobody asks for too; states of cells stay', async () => {
  const month = () => new Date(now + 8 * 3_600_000).toISOString().slice(0, 7);
  await client.query(`
    insert into statistics_ledger values ('gone', '2020-01', '', 5), ('gone', '${month()}', '', 5);
    insert into statistics_question values ('gone', '2020-01', 'tax', 'q');
    insert into statistics_table values ('gone', 't', '2020-01', '2020-01-01', '{}');
    insert into statistics_cell values ('gone', 'c', '{}')`);
  now += 31 * 24 * 3_600_000;
  await ask('{ statisticsPerson(by: [INSURED]) { cost } }');
  const left = async (table: string) =>
    (await client.query(`select 1 from statistics_${table} where resource = 'gone'`)).rowCount;
  expect(await Promise.all(['ledger', 'question', 'table', 'cell'].map(left))).toEqual([1, 0, 0, 1]);
});

describe('from one month to the next', () => {
  const query =
    '{ statisticsPerson(by: [INSURED], where: { division: "330102" }, measures: [AMOUNT]) { cells { count amountSum amountMean } snapshot } }';
  const nextMonth = () => (now += 31 * 24 * 3_600_000);
  const move = (ids: string, division: string) =>
    client.query(
      `update person set division = '${division}' where id_number in (select 'P' || i * 4 + 3 from generate_series(${ids}) as i)`,
    );
  const cells = async () => (await ask(query)).data.statisticsPerson.cells;

  it('a cell that one or nine persons left keeps its numbers, and one that thirty left does not', async () => {
    const before = await cells();
    expect(before.every(({ count }: { count: number | null }) => count !== null)).toBe(true);
    await move('1, 1', TOWNSHIPS[0]);
    expect(await cells()).toEqual(before);
    nextMonth();
    const later = await ask(query);
    expect(later.data.statisticsPerson.cells).toEqual(before);
    expect(later.data.statisticsPerson.snapshot).toBe(new Date(now + 8 * 3_600_000).toISOString().slice(0, 10));
    await move('2, 9', TOWNSHIPS[0]);
    nextMonth();
    expect(await cells()).toEqual(before);
    await move('10, 70', TOWNSHIPS[0]);
    nextMonth();
    expect(await cells()).not.toEqual(before);
  });

  it('a sum keeps its number while few values changed, though the persons are the same', async () => {
    const before = await cells();
    await client.query(
      `update person set amount = 0 where id_number in (select 'P' || i * 4 + 3 from generate_series(100, 108) as i)`,
    );
    nextMonth();
    expect(await cells()).toEqual(before);
    await client.query(`update person set amount = coalesce(amount, 0) + 1 where division = '330102001'`);
    nextMonth();
    const after = await cells();
    expect(after.map(({ count }: { count: number }) => count)).toEqual(
      before.map(({ count }: { count: number }) => count),
    );
    expect(after).not.toEqual(before);
  });
});
