import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DatabaseGuesses } from '../../gateway/permission/database-guesses.js';
import type { GuessLedger } from '../../gateway/permission/guess-ledger.js';
import { meterComparisons } from '../../gateway/permission/meter-comparisons.js';
import type { Answer } from '../../gateway/request/answer.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { VerificationTries } from '../../subgraphs/governance/migrations/054-verification-tries.js';
import { VerificationLocks } from '../../subgraphs/governance/migrations/055-verification-locks.js';
import { RepeatedClaims } from '../../subgraphs/governance/migrations/059-repeated-claims.js';
import { readMigrationSql } from '../support/migration-sql.js';
import { rounds } from '../support/rounds.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { catalogue } from '../permission/support/catalogue.js';
import { grant, TestDecider } from '../permission/support/test-decider.js';

/** Days on which the person may have been born, about 27 years, and guesses that are made: every one of them. */
const DAYS = rounds(400, 10_000);
/** Persons about whom the attacker guesses. */
const PERSONS = rounds(3, 8);
const SYSTEMS = ['tax-app', 'tax-legacy', 'tax-mobile'] as const;
const PER_DAY = 5;

const OPEN = '@share(type: UNCONDITIONAL)';
const graph = catalogue({
  population: `
    type Query ${OPEN} {
      verify(id: ID! @compares(field: "Person.id"), claims: Claims!): Verification
      verifyBatch(rows: [Row!]!): [Verification!] }
    type Person @key(fields: "id") @resource(code: "1", name: "P", provider: "police") ${OPEN} { id: ID!
      birthDate: String @share(type: NOT_SHARED, basis: ["Law"]) @verifiable }
    input Claims { birthDate: String @compares(field: "Person.birthDate") }
    input Row { id: ID! @compares(field: "Person.id") claims: Claims! }
    type Verification ${OPEN} { outcome: Outcome! } enum Outcome { MATCH NOT_CONFIRMED }`,
});
const grants = [grant(['Person.birthDate'], { mode: 'VERIFY' })];
const test = new TestDecider(graph);

const database = testDatabaseName('guessing');
let server: DatabaseServer;
let governance: pg.Client;
let gateways: DatabaseGuesses[];
beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  governance = new pg.Client({ connectionString: server.url(database) });
  await governance.connect();
  for (const migration of [VerificationTries, VerificationLocks, RepeatedClaims])
    for (const statement of await readMigrationSql(migration)) await governance.query(statement);
  const limits = { perDay: PER_DAY, perMonth: 20 };
  gateways = [0, 1].map(() => new DatabaseGuesses(server.url(database), 'k'.repeat(32), limits));
}, 60_000);
afterAll(async () => {
  await Promise.all(gateways.map((ledger) => ledger.close()));
  await governance.end();
  await server.dropDatabase(database);
  await server.stop();
});

/** Nothing is counted: a hub without limits. */
const UNLIMITED: GuessLedger = {
  begin: async () => ({ refused: new Map(), run: undefined }),
  settle: async () => undefined,
};

/** An attacker in one department that knows a person’s number, and tries every day: as single claims, under aliases and in
 *  batches by turns, through three systems and all gateways. */
class Attacker {
  answered = 0;
  found = 0;

  constructor(private readonly ledgers: readonly GuessLedger[]) {}

  async attack(person: string, birthDay: number): Promise<void> {
    // Nobody knows which day comes first.
    const shift = randomInt(DAYS);
    const days = Array.from({ length: DAYS }, (_, n) => (n + shift) % DAYS);
    for (let at = 0, turn = 0; at < days.length; turn++) {
      const some = days.slice(at, (at += [1, 1, 3, 5, 50, 200, 2_000][turn % 7]!));
      const isList = turn % 3 === 2;
      const aliases = some.map(
        (day) => `d${day}: verify(id: "${person}", claims: { birthDate: "${day}" }) { outcome }`,
      );
      const rows = some.map((day) => ({ id: person, claims: { birthDate: String(day) } }));
      const isBatch = isList || some.length > 50;
      const query = isBatch
        ? 'query ($rows: [Row!]!) { verifyBatch(rows: $rows) { outcome } }'
        : `{ ${aliases.join(' ')} }`;
      await this.ask(query, isBatch ? { rows } : {}, some, birthDay, turn);
    }
  }

  private async ask(
    query: string,
    variables: object,
    days: readonly number[],
    birthDay: number,
    turn: number,
  ): Promise<void> {
    const context = test.contextOf(query, { grants, variables: { ...variables } });
    const operation = test.prepare(query);
    const decided = await test.decider.decide(operation, context);
    const [system, ledger] = [SYSTEMS[turn % 3]!, this.ledgers[turn % this.ledgers.length]!];
    const { verdict, learn } = await meterComparisons(operation, decided, context, system, test.decider, ledger);
    // The provider compares what it is asked, and the attacker reads the answer.
    const told = (day: number) => ({ outcome: day === birthDay ? 'MATCH' : 'NOT_CONFIRMED' });
    const isRefused = (key: string) =>
      operation.sites.some(({ index, path }) => path.join('.') === key && verdict.closed.has(index));
    const data = query.startsWith('query')
      ? { verifyBatch: isRefused('verifyBatch') ? null : days.map(told) }
      : Object.fromEntries(days.map((day) => [`d${day}`, isRefused(`d${day}`) ? null : told(day)]));
    await learn({ data: JSON.stringify(data), errors: [] } as unknown as Answer);
    const outcomes = Object.values(data)
      .flat()
      .filter((each) => each !== null);
    this.answered += outcomes.length;
    this.found += outcomes.filter(({ outcome }) => outcome === 'MATCH').length;
  }
}

const attackAll = async (attacker: Attacker) => {
  for (let n = 0; n < PERSONS; n++) await attacker.attack(`P${n}`, randomInt(DAYS));
  return attacker;
};

describe(`${DAYS} guesses of a birth date, through aliases, batches and three systems of one department`, () => {
  it('find everybody where nothing is limited', async () => {
    const { found, answered } = await attackAll(new Attacker([UNLIMITED]));
    expect([found, answered]).toEqual([PERSONS, PERSONS * DAYS]);
  });

  it('are answered five times for each person, which finds one in as many as five go into the days', async () => {
    const { found, answered } = await attackAll(new Attacker(gateways));
    // A guess that is right is not counted, and the next is another.
    expect(answered - found).toBeLessThanOrEqual(PERSONS * PER_DAY);
    expect(answered - found).toBeGreaterThan(0);
    const { rows } = await governance.query('select provider, asker, misses, refused from verification_lock');
    expect(rows).toHaveLength(PERSONS);
    expect(rows[0]).toMatchObject({ provider: 'police', asker: 'tax', misses: PER_DAY });
    if (DAYS === 10_000)
      process.stdout.write(
        `success of the attacker: ${PERSONS} of ${PERSONS} before; after, ${found} of ${PERSONS}, with ${answered} of ${PERSONS * DAYS} guesses answered\n`,
      );
  }, 600_000);
});
