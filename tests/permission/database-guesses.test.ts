import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Comparison } from '../../gateway/permission/comparisons.js';
import { DatabaseGuesses } from '../../gateway/permission/database-guesses.js';
import { NO_GUESSES, type ExcessClaim, type GuessLedger } from '../../gateway/permission/guess-ledger.js';
import { meterComparisons } from '../../gateway/permission/meter-comparisons.js';
import type { Answer } from '../../gateway/request/answer.js';
import type { Grant } from '../../shared/kernel/index.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { VerificationTries } from '../../subgraphs/governance/migrations/054-verification-tries.js';
import { VerificationLocks } from '../../subgraphs/governance/migrations/055-verification-locks.js';
import { RepeatedClaims } from '../../subgraphs/governance/migrations/059-repeated-claims.js';
import { readMigrationSql } from '../support/migration-sql.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { catalogue } from './support/catalogue.js';
import { grant, TestDecider } from './support/test-decider.js';

const database = testDatabaseName('guesses');
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
  const limits = { perDay: 5, perMonth: 20 };
  gateways = [0, 1].map(() => new DatabaseGuesses(server.url(database), 'k'.repeat(32), limits));
}, 60_000);
const TABLES = ['verification_try', 'verification_miss', 'verification_lock', 'verification_run'] as const;
beforeEach(() => governance.query(`truncate ${TABLES.join()} restart identity`));
afterAll(async () => {
  await Promise.all(gateways.map((ledger) => ledger.close()));
  await governance.end();
  await server.dropDatabase(database);
  await server.stop();
});

const guess = (claims: string, subject = 'S'): Comparison => ({
  ...{ site: 0, row: undefined, subject, items: ['Person.birthDate'], isSingle: false, claims },
});
const begin = (department: string, comparisons: readonly Comparison[], gateway = 0) =>
  gateways[gateway]!.begin({ department, system: `${department}-app` }, comparisons, () => 'police');
const tried = async (department: string, comparisons: readonly Comparison[], gateway = 0): Promise<number> =>
  comparisons.length - (await begin(department, comparisons, gateway)).refused.size;
const locks = async () => (await governance.query('select * from verification_lock order by number')).rows;

describe('Guesses about one item of one record', () => {
  it('are stopped after five of a department a day, over all gateways and in parallel', async () => {
    const all = Array.from({ length: 50 }, (_, n) => guess(`day ${n}`));
    const given = await Promise.all(all.map((one, n) => tried('tax', [one], n % 2)));
    expect(given.reduce((sum, n) => sum + n, 0)).toBe(5);
    await governance.query("update verification_miss set since = now() - interval '25 hours' where department = 'tax'");
    expect(await tried('tax', [guess('tomorrow')])).toBe(1);
  });

  it('are stopped after twenty of all departments together', async () => {
    let given = 0;
    for (let n = 0; n < 40; n++) given += await tried(`department-${n}`, [guess(`day ${n}`)]);
    expect(given).toBe(20);
  });

  it('cost nothing when they are repeated, and nothing when they are confirmed', async () => {
    for (let n = 0; n < 10; n++) expect(await tried('tax', [guess('same'), guess('same')])).toBe(2);
    for (let n = 0; n < 4; n++) expect(await tried('tax', [guess(`day ${n}`)])).toBe(1);
    expect(await tried('tax', [guess('another')])).toBe(0);
    const { run } = await begin('tax', [guess('day 1')]);
    expect(run).toBeUndefined();
    for (let n = 0; n < 2; n++) await gateways[0]!.settle('tax', { number: '0', name: '' }, [guess('day 1')], []);
    expect(await tried('tax', [guess('another')])).toBe(1);
    expect(await tried('tax', [guess('one more')])).toBe(0);
    expect(await tried('tax', [guess('one more', 'somebody else')])).toBe(1);
  });

  it('lock the item of the record, once, for its provider to be told of', async () => {
    for (let n = 0; n < 5; n++) await tried('tax', [guess(`day ${n}`)]);
    expect(await locks()).toEqual([]);
    const { refused } = await begin('tax', [guess('day 5')]);
    const [{ item, lock }] = [...refused.values()] as [ExcessClaim];
    expect(item).toBe('Person.birthDate');
    await Promise.all([6, 7].map((n) => tried('tax', [guess(`day ${n}`)], n % 2)));
    expect(await locks()).toMatchObject([
      {
        ...{ id: lock!.id, scope: 'tax', provider: 'police', asker: 'tax', system: 'tax-app' },
        ...{ misses: 5, refused: 3, state: 'LOCKED', until_at: new Date(lock!.until) },
      },
    ]);
  });

  it('lock nothing while single tries are left, nor when one of them was confirmed', async () => {
    expect(
      (
        await begin(
          'tax',
          [0, 1, 2, 3, 4, 5].map((n) => guess(`day ${n}`)),
        )
      ).refused.size,
    ).toBe(6);
    await tried('tax', [guess('a', 'A')]);
    expect(
      (
        await begin(
          'tax',
          [1, 2, 3, 4, 5].map((n) => guess(`day ${n}`, 'A')),
        )
      ).refused.size,
    ).toBe(5);
    expect(await locks()).toEqual([]);
    const { run } = await begin('tax', [guess('day 0')]);
    for (let n = 1; n < 6; n++) await tried('tax', [guess(`day ${n}`)]);
    await gateways[0]!.settle('tax', run, [guess('day 0')], []);
    expect((await locks()).map(({ state }) => state)).toEqual(['ENDED']);
    expect(await tried('tax', [guess('day 6')])).toBe(1);
  });

  it('are locked anew, under another number, when the time of a lock is over', async () => {
    for (let n = 0; n < 6; n++) await tried('tax', [guess(`day ${n}`)]);
    await governance.query(`update verification_lock set until_at = now() - interval '1 hour'`);
    await governance.query(`update verification_miss set since = now() - interval '25 hours'`);
    for (let n = 10; n < 16; n++) await tried('tax', [guess(`day ${n}`)]);
    expect((await locks()).map(({ state }) => state)).toEqual(['ENDED', 'LOCKED']);
  });

  it('are counted for the system, which is confirmed once the answer is there', async () => {
    const runs = async () => (await governance.query('select system, checks, misses from verification_run')).rows;
    const { run } = await begin('tax', [guess('a', 'A'), guess('b', 'B'), guess('c', 'C'), guess('c', 'C')]);
    expect(await runs()).toEqual([{ system: 'tax-app', checks: 3, misses: null }]);
    await gateways[0]!.settle('tax', run, [guess('a', 'A')], [guess('b', 'B')]);
    expect(await runs()).toEqual([{ system: 'tax-app', checks: 2, misses: 1 }]);
    expect((await begin('tax', [guess('c', 'C')])).run).toBeUndefined();
  });

  it('are counted of the same records by many at once, without waiting for each other in a circle', async () => {
    const all = Array.from({ length: 300 }, (_, n) => guess('true', `P${n}`));
    const check = async (department: string, gateway: number) => {
      const { run, refused } = await begin(department, all, gateway);
      expect(refused.size).toBe(0);
      await gateways[gateway]!.settle(department, run, all.toReversed(), []);
    };
    for (let time = 0; time < 4; time++)
      await Promise.all(['a', 'b', 'c', 'd'].map((department, n) => check(department, n % 2)));
    const { rows } = await governance.query('select sum(misses)::int as misses from verification_miss');
    expect(rows).toEqual([{ misses: 0 }]);
  });

  it('are given back for ten thousand records, also where statistics were taken of a table that was nearly empty', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => guess('same', `S${n}`));
    await begin('tax', rows);
    for (const table of ['verification_try', 'verification_miss']) {
      await governance.query(`delete from ${table} where ctid < (select max(ctid) from ${table})`);
      await governance.query(`vacuum analyze ${table}`);
    }
    const { run } = await begin('civil-affairs', rows);
    await gateways[0]!.settle('civil-affairs', run, rows, []);
    const left = "select from verification_miss where department = 'civil-affairs' and misses > 0";
    const tries = "select from verification_try where department = 'civil-affairs'";
    for (const statement of [left, tries]) expect((await governance.query(statement)).rowCount).toBe(0);
    const { rows: runs } = await governance.query('select misses from verification_run order by number desc limit 1');
    expect(runs).toEqual([{ misses: 0 }]);
  });

  it('are given back of no item that was claimed of another record alone', async () => {
    const about = (subject: string, item: 'a' | 'b'): Comparison => ({
      ...guess(item, subject),
      items: [`Person.${item}`],
    });
    await begin('tax', [about('S', 'a'), about('T', 'b')]);
    const { run } = await begin('tax', [about('S', 'b'), about('T', 'a')]);
    await gateways[0]!.settle('tax', run, [about('S', 'a'), about('T', 'b')], []);
    const { rows } = await governance.query(
      "select item, misses from verification_miss where department = 'tax' order by subject, item",
    );
    // Of the one record the first, of the other the second.
    expect(rows.map(({ item, misses }) => `${item} ${misses}`).sort()).toEqual([
      'Person.a 0',
      'Person.a 1',
      'Person.b 0',
      'Person.b 1',
    ]);
  });

  it('are kept as hashes alone', async () => {
    await tried('tax', [guess('1990-01-01', 'PERSON:330102')]);
    for (let n = 0; n < 6; n++) await tried('tax', [guess(`day ${n}`, 'PERSON:330102')]);
    const { rows } = await governance.query(`select * from ${TABLES.join()}`);
    expect(rows).not.toEqual([]);
    expect(JSON.stringify(rows)).not.toMatch(/1990|330102/);
  });
});

describe('An operation', () => {
  const OPEN = '@share(type: UNCONDITIONAL)';
  const decider = () =>
    new TestDecider(
      catalogue({
        population: `
          type Query ${OPEN} {
            verify(id: ID! @compares(field: "Person.id"), claims: Claims!): Verification
            verifyBatch(rows: [Row!]!): [Verification!] }
          type Person @key(fields: "id") @resource(code: "1", name: "P", provider: "police") ${OPEN} { id: ID!
            name: String @verifiable birthDate: String @share(type: NOT_SHARED, basis: ["Law"]) @verifiable
            phone: String @share(type: CONDITIONAL) @verifiable }
          input Claims { name: String @compares(field: "Person.name") birthDate: String @compares(field: "Person.birthDate")
            phone: String @compares(field: "Person.phone") }
          input Row { id: ID! @compares(field: "Person.id") claims: Claims! }
          type Verification ${OPEN} { outcome: Outcome! outcomes: [ItemVerification!] }
          type ItemVerification ${OPEN} { item: ID! outcome: Outcome! } enum Outcome { MATCH NOT_CONFIRMED }`,
      }),
    );
  const grants = [grant(['Person.birthDate'], { mode: 'VERIFY' })];
  const meter = async (
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    ledger?: GuessLedger,
    given: readonly Grant[] = grants,
  ) => {
    const test = decider();
    const context = test.contextOf(query, { grants: given, variables });
    const operation = test.prepare(query);
    const verdict = await test.decider.decide(operation, context);
    const metered = await meterComparisons(
      operation,
      verdict,
      context,
      'tax-app',
      test.decider,
      ledger ?? gateways[0]!,
    );
    const refused = [...metered.verdict.reasons].map(([site, { code }]) => [
      operation.sites[site]!.path.join('.'),
      code,
    ]);
    return {
      refused,
      learn: (data: Record<string, unknown>, errors = failuresOf(data)) =>
        metered.learn({ data: JSON.stringify(data), errors } as unknown as Answer),
    };
  };
  const failuresOf = (data: Record<string, unknown>): readonly object[] =>
    Object.keys(data).flatMap((key) => (data[key] === null ? [{ path: [key] }] : []));
  const BATCH = 'query ($rows: [Row!]!) { verifyBatch(rows: $rows) { outcome } }';
  const rowsOf = (count: number, id?: string) =>
    Array.from({ length: count }, (_, n) => ({ id: id ?? `P${n}`, claims: { birthDate: `day ${n}` } }));

  it('has every alias counted by itself, and those refused together that are too many', async () => {
    const aliases = Array.from(
      { length: 7 },
      (_, n) => `a${n}: verify(id: 1, claims: { birthDate: "${n}" }) { outcome }`,
    );
    const codes = async (count: number) => (await meter(`{ ${aliases.slice(0, count).join(' ')} }`)).refused.length;
    expect(await codes(7)).toBe(7);
    expect(await codes(5)).toBe(0);
    expect(await codes(6)).toBe(1);
  });

  it('has a list that guesses refused whole, and one about many records given', async () => {
    expect((await meter(BATCH, { rows: rowsOf(6, 'one') })).refused).toEqual([['verifyBatch', 'CLAIMS_TOO_MANY']]);
    expect((await meter(BATCH, { rows: rowsOf(100) })).refused).toEqual([]);
  });

  it('takes back what is confirmed, under whatever name, and keeps the rest', async () => {
    const query = 'query ($rows: [Row!]!) { v: verifyBatch(rows: $rows) { o: outcome } }';
    const rows = rowsOf(5, 'one');
    const { learn } = await meter(query, { rows });
    await learn({ v: rows.map((_, n) => ({ o: n === 2 ? 'MATCH' : 'NOT_CONFIRMED' })) });
    expect((await meter('{ verify(id: "one", claims: { birthDate: "x" }) { outcome } }')).refused).toEqual([]);
    expect((await meter('{ verify(id: "one", claims: { birthDate: "y" }) { outcome } }')).refused).toHaveLength(1);
  });

  describe('that is told an outcome of each item', () => {
    const TOLD = [grant(['Person.birthDate', 'Person.phone'], { mode: 'VERIFY', verificationDetails: ['PER_ITEM'] })];
    const query = (birthDate: number, phone: number, fields = 'outcome outcomes { item outcome }') =>
      `{ v: verify(id: "one", claims: { birthDate: "${birthDate}", phone: "${phone}" }) { ${fields} } }`;
    const told = (birthDate: string, phone: string) => ({
      outcome: birthDate === phone ? birthDate : 'NOT_CONFIRMED',
      outcomes: [
        { item: 'Person.birthDate', outcome: birthDate },
        { item: 'Person.phone', outcome: phone },
      ],
    });
    const misses = async () =>
      Object.fromEntries(
        (
          await governance.query<{ item: string; misses: number }>(
            `select item, misses from verification_miss where department <> '' and misses > 0`,
          )
        ).rows.map(({ item, misses }) => [item, misses]),
      );
    const ask = async (of: string, v: object) => (await meter(of, {}, undefined, TOLD)).learn({ v });

    it('guesses at each item that is not confirmed, and at no other', async () => {
      await ask(query(1, 1), told('MATCH', 'NOT_CONFIRMED'));
      expect(await misses()).toEqual({ 'Person.phone': 1 });
      await ask(query(1, 2), told('MATCH', 'NOT_CONFIRMED'));
      await ask(query(2, 2), told('NOT_CONFIRMED', 'NOT_CONFIRMED'));
      // The same claim about one item is free in any company.
      await ask(query(2, 1), told('NOT_CONFIRMED', 'NOT_CONFIRMED'));
      expect(await misses()).toEqual({ 'Person.phone': 2, 'Person.birthDate': 1 });
    });

    it('is stopped at the item that was guessed too often, whatever matches beside it', async () => {
      for (let n = 0; n < 5; n++) await ask(query(7, n), told('MATCH', 'NOT_CONFIRMED'));
      expect((await meter(query(7, 5), {}, undefined, TOLD)).refused).toEqual([['v', 'VERIFICATION_LOCKED']]);
      expect(await misses()).toEqual({ 'Person.phone': 5 });
    });

    it('has counted as a guess what the answer does not name, and nothing where all match', async () => {
      await ask(query(1, 1, 'x: outcomes { y: outcome }'), { x: [{ y: 'MATCH' }, { y: 'NOT_CONFIRMED' }] });
      expect(await misses()).toEqual({ 'Person.phone': 1, 'Person.birthDate': 1 });
      await ask(query(2, 2, 'x: outcomes { y: outcome }'), { x: [{ y: 'MATCH' }, { y: 'MATCH' }] });
      await ask(query(3, 3, 'x: outcomes { i: item y: outcome }'), {
        x: [
          { i: 'Person.phone', y: 'MATCH' },
          { i: 'Person.birthDate', y: 'NOT_CONFIRMED' },
        ],
      });
      expect(await misses()).toEqual({ 'Person.phone': 1, 'Person.birthDate': 2 });
    });

    it('guesses at all of them together where the outcomes are left out or refused', async () => {
      const one = `query ($b: Boolean = false) ${query(1, 1, 'outcome outcomes @include(if: $b) { item outcome }')}`;
      await ask(one, { outcome: 'NOT_CONFIRMED' });
      const { refused, learn } = await meter(query(2, 2), {}, undefined, [
        grant(['Person.birthDate', 'Person.phone'], { mode: 'VERIFY' }),
      ]);
      expect(refused).toEqual([['v.outcomes', 'GRANT_DETAIL_REQUIRED']]);
      await learn({ v: { outcome: 'NOT_CONFIRMED', outcomes: null } });
      expect((await governance.query('select 1 from verification_try')).rowCount).toBe(2);
      expect(await misses()).toEqual({ 'Person.phone': 2, 'Person.birthDate': 2 });
    });
  });

  describe('gives no claim back whose outcome was told', () => {
    const single = (n: number, alias = 'v') => `${alias}: verify(id: "one", claims: { birthDate: "${n}" }) { outcome }`;
    const rowsOn = (...days: readonly number[]) => days.map((n) => ({ id: 'one', claims: { birthDate: String(n) } }));
    const told = { outcome: 'NOT_CONFIRMED' };
    /** Claims that nobody has made before, of which all but these tries are refused. */
    const left = async () => {
      let n = 0;
      while ((await meter(`{ ${single(100 + n)} }`)).refused.length === 0) n++;
      return n;
    };
    const learn = async (...days: readonly number[]) => {
      for (const n of days) await (await meter(`{ ${single(n)} }`)).learn({ v: told });
    };

    it('by a list that fails and repeats it', async () => {
      await learn(0, 1, 2);
      await (await meter(BATCH, { rows: rowsOn(0, 1, 2, 3) })).learn({ verifyBatch: null });
      expect(await left()).toBe(2);
    });

    it('by a list that repeats it and is refused', async () => {
      await learn(0, 1, 2, 3, 4);
      expect((await meter(BATCH, { rows: rowsOn(0, 1, 2, 3, 4, 5) })).refused).toHaveLength(1);
      expect(await left()).toBe(0);
    });

    it('by another place of the same operation that fails', async () => {
      const query = `query ($rows: [Row!]!) { verifyBatch(rows: $rows) { outcome } ${single(0, 'a')} }`;
      await (await meter(query, { rows: rowsOn(0, 1) })).learn({ verifyBatch: null, a: told });
      expect(await left()).toBe(4);
    });

    it('by an operation that fails while another is told', async () => {
      const failing = await meter(BATCH, { rows: rowsOn(0, 1) });
      await learn(0);
      await failing.learn({ verifyBatch: null });
      expect(await left()).toBe(4);
    });
  });

  it('counts nothing of a list that is refused, whomever its rows are about', async () => {
    const rows = [...rowsOf(6, 'one'), ...rowsOf(5, 'two')];
    expect((await meter(BATCH, { rows })).refused).toEqual([['verifyBatch', 'CLAIMS_TOO_MANY']]);
    expect((await governance.query('select 1 from verification_try')).rowCount).toBe(0);
  });

  it('costs nothing where it came to nothing', async () => {
    for (let n = 0; n < 8; n++) {
      const { refused, learn } = await meter(`{ verify(id: "one", claims: { birthDate: "${n}" }) { outcome } }`);
      expect(refused).toEqual([]);
      await learn({ verify: null });
    }
  });

  it('keeps a null that a provider gives without an error for an outcome', async () => {
    for (let n = 0; n < 5; n++) {
      const { refused, learn } = await meter(`{ verify(id: "two", claims: { birthDate: "${n}" }) { outcome } }`);
      expect(refused).toEqual([]);
      await learn({ verify: null }, [{ path: ['other'] }]);
    }
    const last = await meter('{ verify(id: "two", claims: { birthDate: "5" }) { outcome } }');
    expect(last.refused).toEqual([['verify', 'VERIFICATION_LOCKED']]);
  });

  it('is refused where guesses cannot be counted', async () => {
    const query = '{ verify(id: 1, claims: { birthDate: "x" }) { outcome } }';
    expect((await meter(query, {}, NO_GUESSES)).refused).toEqual([['verify', 'VERIFICATION_UNAVAILABLE']]);
  });

  it('guesses about one record, whether its key is a number or a string', async () => {
    const ask = async (id: string, n: number) =>
      (await meter(`{ verify(id: ${id}, claims: { birthDate: "${n}" }) { outcome } }`)).refused.length;
    for (let n = 0; n < 5; n++) expect(await ask(n % 2 ? '7' : '"7"', n)).toBe(0);
    expect(await ask('7', 5)).toBe(1);
    expect(await ask('"7"', 6)).toBe(1);
  });

  it('is not metered for what everybody may read', async () => {
    for (let n = 0; n < 8; n++)
      expect((await meter(`{ verify(id: 1, claims: { name: "${n}" }) { outcome } }`)).refused).toEqual([]);
  });
});
