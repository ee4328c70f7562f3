import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { formsOfIdentityNumber } from '../../shared/kernel/identity-number.js';
import { samplePerson, samplePhone } from '../../shared/sample/person.js';
import type { RunningSubgraph } from '../../shared/subgraph/index.js';
import type { SubgraphQuestion } from '../../shared/subgraph/testing/index.js';
import { digestOfProtectedSubjects, writeProtectedSubjects } from '../../shared/trust/protected-subjects.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { start } from '../../subgraphs/population/index.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const NAME = 'population';
const OWNER = 'public-security';
/** A head of a household, and another member of it. */
const [witness, spouse] = [samplePerson(0), samplePerson(1)];
const protect = (...identifiers: string[]): SubgraphQuestion => ({
  protectedSubjects: identifiers.map((identifier) => ({ owner: OWNER, kind: 'PERSON', identifier })),
});

let server: DatabaseServer;
let subgraph: RunningSubgraph;
let ask: ReturnType<typeof askAs>;
let client: pg.Client;
const database = testDatabaseName('protected');
const sql: string[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  subgraph = await start({
    port: 0,
    key: subgraphKey(TEST_SECRET, NAME),
    databaseUrl: server.url(database),
    residents: 60,
    onSql: (statement) => sql.push(statement),
    logger: { debug: () => undefined, error: (details) => faults.push(details) },
  });
  ask = askAs(NAME, subgraph.url);
  client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
}, 60_000);
beforeEach(() => {
  for (const list of [sql, faults]) list.length = 0;
});
afterAll(async () => {
  await client.end();
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
});

const household = `${witness.township.code}${String(witness.household).padStart(8, '0')}`;
const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Resident { name household { head { name } members { name } } } }
}`;
/** Every way in which the subgraph gives a resident. */
const QUESTIONS: readonly { readonly query: string; readonly variables?: object }[] = [
  { query: `{ resident(idNumber: "${witness.idNumber}") { name phone } }` },
  { query: `{ party(identifier: "${witness.idNumber}") { __typename name } }` },
  { query: `{ household(householdNumber: "${household}") { size head { name } members { idNumber name } } }` },
  { query: `{ residents(first: 100) { nodes { idNumber } edges { cursor } pageInfo { endCursor hasNextPage } } }` },
  { query: `{ residents(first: 59) { pageInfo { hasNextPage } } }` },
  { query: `{ residents(first: 60, order: { name: DESC }) { nodes { idNumber } pageInfo { hasNextPage } } }` },
  { query: `{ residents(namePrefix: "${witness.name.slice(0, 1)}") { nodes { name } } }` },
  { query: '{ residents(first: 1) { totalCount } }' },
  { query: `{ residents(first: 1, namePrefix: "${witness.name}") { totalCount } }` },
  { query: `{ residents(phone: "${samplePhone(0)}") { nodes { name } } }` },
  {
    query: `{ residents(division: "${witness.township.code}", first: 3) { nodes { name } pageInfo { hasNextPage } } }`,
  },
  {
    query: ENTITIES,
    variables: {
      representations: [spouse, witness, samplePerson(9), witness].map(({ idNumber }) => ({
        __typename: 'Resident',
        idNumber,
      })),
    },
  },
];
const askAll = async (question: SubgraphQuestion) => {
  const answers: string[] = [];
  for (const { query, variables } of QUESTIONS) answers.push((await ask(query, { ...question, variables })).text);
  return answers;
};

describe('a protected subject', () => {
  it('is as absent as somebody who has no record, in every list, count, page and relation', async () => {
    const before = await askAll({});
    const withheld = await askAll(protect(witness.idNumber));
    // The test asks nothing in vain: each of the questions shows the record while nobody is protected.
    for (const [i, answer] of before.entries()) expect(answer).not.toBe(withheld[i]);
    const { rows } = await client.query('delete from resident where id_number = $1 returning *', [witness.idNumber]);
    const resize = (by: number) =>
      client.query('update household set size = size + $1 where household_number = $2', [by, household]);
    await resize(-1);
    try {
      expect(withheld).toEqual(await askAll({}));
      expect(faults).toEqual([]);
    } finally {
      await resize(1);
      const columns = Object.keys(rows[0] as object);
      await client.query(
        `insert into resident (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
        Object.values(rows[0] as object),
      );
    }
  });

  it('costs the statements that somebody who has no record costs', async () => {
    const statementsFor = async (idNumber: string) => {
      sql.length = 0;
      await ask(`{ resident(idNumber: "${idNumber}") { name household { size } } }`, protect(witness.idNumber));
      return [...sql];
    };
    const nobody = samplePerson(70).idNumber;
    expect(await statementsFor(witness.idNumber)).toEqual(await statementsFor(nobody));
  });

  it('is withheld in whatever form the provider keeps the number', async () => {
    expect(formsOfIdentityNumber('33010619700101006X')).toEqual([
      '33010619700101006X',
      '33010619700101006x',
      '330106700101006',
    ]);
    const short = witness.idNumber.slice(0, 6) + witness.idNumber.slice(8, 17);
    await client.query('update resident set id_number = $2 where id_number = $1', [witness.idNumber, short]);
    try {
      const { data } = await ask('{ residents(first: 100) { nodes { idNumber } } }', protect(witness.idNumber));
      expect(JSON.stringify(data)).not.toContain(short);
    } finally {
      await client.query('update resident set id_number = $1 where id_number = $2', [witness.idNumber, short]);
    }
  });

  it('is withheld by the department that owns the record alone', async () => {
    const { data } = await ask(`{ resident(idNumber: "${witness.idNumber}") { name } }`, {
      protectedSubjects: [{ owner: 'medical-security', kind: 'PERSON', identifier: witness.idNumber }],
    });
    expect(data).toEqual({ resident: { name: witness.name } });
  });

  it('is not shown where the list that the context names is not known, or is another one', async () => {
    const { protectedSubjects } = protect(samplePerson(30).idNumber);
    const query = `{ resident(idNumber: "${witness.idNumber}") { name } }`;
    for (const protections of ['an unknown digest', '']) {
      const answer = await ask(query, { protectedSubjects: protectedSubjects!, context: { protections } });
      expect(answer.status).toBe(409);
      expect(answer.errors).toEqual([expect.objectContaining({ extensions: { code: 'PROTECTIONS_REQUIRED' } })]);
      expect(sql).toEqual([]);
    }
  });

  it('needs the list once', async () => {
    const question = protect(witness.idNumber, samplePerson(31).idNumber);
    const query = `{ resident(idNumber: "${witness.idNumber}") { name } }`;
    await ask(query, question);
    const protections = digestOfProtectedSubjects(writeProtectedSubjects(question.protectedSubjects!));
    expect((await ask(query, { context: { protections } })).data).toEqual({ resident: null });
  });
});
