import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ComparePairs } from '../../shared/read-model/compared-pairs.js';
import { samplePerson } from '../../shared/sample/person.js';
import { shows } from '../conformance/shows.js';
import type { Loose } from '../support/system.js';
import { RESIDENTS, startMultiSource, type MultiSourceUnderTest } from './support/multi-source-under-test.js';

let under: MultiSourceUnderTest;
beforeAll(async () => void (under = await startMultiSource()), 120_000);
afterAll(() => under.stop(), 60_000);
beforeEach(() => under.reset());

describe('a check of two departments', () => {
  it('does not run without the consent of both, and says so; nothing is read then', async () => {
    const check = await under.byBirth();
    await under.due();
    under.hub.forget();
    await under.carryOut();
    expect(await under.lastRun(check)).toMatchObject({ state: 'SKIPPED', reason: 'CONSENT_MISSING', compared: 0 });
    const id = await under.make('zhao.lei', `proposeCheckConsent(check: "${check}", until: "2028-12-31")`, 'consent');
    await under.make('public-security.head', `confirmCheckConsent(id: "${id}")`, 'consent');
    await under.due();
    await under.carryOut();
    expect(await under.lastRun(check)).toMatchObject({ state: 'SKIPPED', reason: 'CONSENT_MISSING' });
    // Not before its time.
    expect(await under.carryOut()).toBe(0);
    expect(under.hub.received.filter(({ fields }) => fields.includes('Query.residents'))).toEqual([]);
    const told = await under.governance.query(
      `select count(*)::int as n from evidence.record where line like '%STOP_CHECK_RUN%'`,
    );
    expect(told.rows).toEqual([{ n: 1 }]);
  });

  it('opens one correction at each where values differ, and shows neither the other’s value (HZ-6.3a)', async () => {
    shows('HZ-6.3a');
    const check = await under.byBirth();
    await under.consentTo(check);
    for (const n of [1, 2, 3]) await under.differ('birth_date', `1901-02-0${n}`, n);
    await under.taxPool.query(`update taxpayer set birth_date = null where id_number = $1`, [samplePerson(4).idNumber]);
    await under.taxPool.query(`update taxpayer set id_number = 'x' || id_number where id_number = $1`, [
      samplePerson(5).idNumber,
    ]);
    await under.due();
    expect(await under.carryOut()).toBe(1);
    const figures = { compared: 118, agreed: 115, mismatched: 3, absent: 2, held: 0, cases: 6 };
    expect(await under.lastRun(check)).toEqual({ state: 'COMPLETED', reason: null, ...figures });
    const cases = await under.corrections();
    expect(new Set(cases.map(({ provider, department, items }) => [provider, department, ...items].join(' ')))).toEqual(
      new Set(['public-security tax Resident.birthDate', 'tax public-security Taxpayer.birthDate']),
    );
    for (const one of cases) expect(one).toMatchObject({ kind: 'MISMATCH', status: 'DISPATCHED' });

    // Each provider's administrator finds the record by its subject, and sees what contradicted it, not how.
    const own = cases.find(({ provider }) => provider === 'tax');
    const seen = await under.ask(
      'zhang.tao',
      `{ correction(id: "${own.id}") { identifier description check waitsFor } }`,
    );
    expect([1, 2, 3].map((n) => samplePerson(n).idNumber)).toContain(seen.identifier);
    expect(seen).toMatchObject({ check, waitsFor: ['tax'] });
    expect(seen.description).toContain('公安局');
    const others = await under.ask('zhao.lei', `{ correction(id: "${own.id}") { identifier } }`);
    expect(others).toEqual({ identifier: null });
    expect(await under.ask('li.na', `{ correction(id: "${own.id}") { id } }`)).toBeNull();

    // Neither value stands anywhere in under.governance.
    const { rows: tables } = await under.governance.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'evidence')`,
    );
    const values = ['1901-02-0', ...[1, 2, 3].map((n) => samplePerson(n).birthDate)];
    for (const { name } of tables) {
      const { rows } = await under.governance.query(`select 1 from ${name} as t where t::text like any ($1)`, [
        values.map((value) => `%${value}%`),
      ]);
      expect([name, rows]).toEqual([name, []]);
    }

    // The use is evidence of the hub's own system, which both owners see with their consent.
    const { rows: records } = await under.governance.query<{ line: string }>(
      `select line from evidence.record where kind = 'access' and line like '%hub-multi-source-check%'`,
    );
    expect(records).toHaveLength(1);
    expect(JSON.parse(records[0]!.line)).toMatchObject({
      ...{ department: 'data-bureau', mode: 'VERIFY', released: [], subjectCount: RESIDENTS },
      compared: ['Resident.birthDate', 'Taxpayer.birthDate'],
    });
    for (const person of ['zhao.lei', 'zhang.tao']) {
      const { nodes } = await under.ask(
        person,
        '{ uses(filter: { system: "hub-multi-source-check" }) { nodes { system compared { coordinate } consents { owner } } } }',
      );
      expect([nodes.length, nodes[0].compared.length, nodes[0].consents.length]).toEqual([1, 1, 1]);
    }
  });

  it('leaves protected subjects out, as a verification does', async () => {
    const check = await under.byBirth();
    await under.consentTo(check);
    await under.differ('birth_date', '1901-02-03', 1, 2);
    const protectedOnes = [
      ['zhao.lei', 'public-security.head', samplePerson(1).idNumber],
      ['zhang.tao', 'tax.head', samplePerson(2).idNumber],
    ] as const;
    for (const [one, two, identifier] of protectedOnes) {
      const id = await under.make(
        one,
        `proposeProtection(input: { subject: { kind: PERSON, identifier: "${identifier}" }, purposes: [], reference: "1",
           reason: "证人保护", basis: ["刑事诉讼法 第六十四条"], until: "2030-12-31" })`,
        'protection',
      );
      await under.make(two, `confirmProtection(id: "${id}", identifier: "${identifier}")`, 'protection');
    }
    await under.due();
    await under.carryOut();
    expect(await under.lastRun(check)).toMatchObject({
      compared: 118,
      agreed: 118,
      mismatched: 0,
      absent: 1,
      cases: 0,
    });
  });

  it('opens no second case while one runs, and counts nobody whose case runs', async () => {
    const check = await under.byBirth();
    await under.consentTo(check);
    await under.differ('birth_date', '1901-02-03', 1);
    await under.due();
    await under.carryOut();
    await under.due();
    await under.carryOut();
    expect(await under.lastRun(check)).toMatchObject({ compared: 119, mismatched: 0, held: 1, cases: 0 });
    expect(await under.corrections()).toHaveLength(2);
    const [{ id, version }] = (await under.corrections()).filter(({ provider }) => provider === 'tax') as [Loose];
    const withdrawn = await under.ask(
      'zhao.lei',
      `mutation { withdrawCorrection(id: "${id}", version: ${version}, reason: "不再需要") { refusal { code } } }`,
    );
    expect(withdrawn.refusal.code).toBe('NOT_ENTITLED');
  });
});

describe('an owner that changes its own value and watches what the check says', () => {
  it('learns of three differences of one subject in a year, and of nothing after them, by cases or figures', async () => {
    const check = await under.byBirth();
    await under.consentTo(check);
    const seen: Loose[] = [];
    const right = samplePerson(1).birthDate;
    for (const guess of ['1901-01-01', '1901-01-02', '1901-01-03', '1901-01-04', right]) {
      await under.differ('birth_date', guess, 1);
      await under.due();
      await under.carryOut();
      const { compared, mismatched, cases } = (await under.runs(check, 'zhang.tao'))[0];
      seen.push([compared, mismatched, cases]);
      // Both cases are decided at once, which is the most that it can do about its own.
      await under.governance.query(
        `update correction set closed_at = now(), status = 'CLOSED' where closed_at is null`,
      );
    }
    const differs = [RESIDENTS, 1, 2];
    // A wrong guess and the right one look the same.
    expect(seen).toEqual([differs, differs, differs, [RESIDENTS - 1, 0, 0], [RESIDENTS - 1, 0, 0]]);
  });

  it('is stopped where the values are so few that a difference tells them', async () => {
    const check = await under.byBirth();
    await under.consentTo(check);
    await under.taxPool.query(`update taxpayer set birth_date = '1970-01-01' where id_number > '330106197'`);
    await under.due();
    await under.carryOut();
    expect(await under.lastRun(check)).toMatchObject({ state: 'STOPPED', reason: 'FEW_VALUES', cases: 0 });
    expect(await under.corrections()).toEqual([]);
  });
});

describe('a run', () => {
  it('stops before its next batch when an owner takes its consent back', async () => {
    const check = await under.byName();
    const [given] = (await under.governance.query(`select id from multi_source_consent where owner = 'tax'`)).rows as [
      Loose,
    ];
    await under.due();
    await under.carryOut(async (request) => {
      const compared = await under.comparison.compare(request);
      await under.make('zhang.tao', `revokeCheckConsent(id: "${given.id}", reason: "停止校核")`, 'consent');
      return compared;
    });
    expect(await under.lastRun(check)).toMatchObject({ state: 'STOPPED', reason: 'CONSENT_MISSING', compared: 50 });
  });

  it('is not moved by a worker whose batch another one has settled meanwhile', async () => {
    const check = await under.byName();
    await under.differ('name', '某某', 10);
    await under.due();
    await under.carryOut(async (request) => {
      const compared = await under.comparison.compare(request);
      // A worker that has lost its connection has lost the check with it, and goes on.
      await under.governance.query('update multi_source_run set batches = batches + 1');
      return compared;
    });
    expect(await under.lastRun(check)).toMatchObject({ state: 'RUNNING', compared: 0, cases: 0 });
    expect(await under.corrections()).toEqual([]);
  });

  it('that fails goes on where it was, and ends as if it had not', async () => {
    const check = await under.byName();
    await under.differ('name', '某某', 10, 60, 110);
    await under.due();
    let calls = 0;
    const failing: ComparePairs = async (request) => {
      const compared = await under.comparison.compare(request);
      if (++calls === 2) throw new Error('gone');
      return compared;
    };
    await expect(under.carryOut(failing)).rejects.toThrow('gone');
    expect(await under.lastRun(check)).toMatchObject({ state: 'RUNNING', compared: 50 });
    await under.carryOut();
    expect(await under.lastRun(check)).toMatchObject({ state: 'COMPLETED', compared: 120, mismatched: 3, cases: 6 });
    expect(await under.corrections()).toHaveLength(6);
  });
});
