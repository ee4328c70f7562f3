import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { samplePerson, samplePhone } from '../../shared/sample/person.js';
import { announceLocks, forgetGuesses, suspendGuessers } from '../../subgraphs/governance/grant/index.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { showsPartOf } from '../conformance/shows.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { openTestPool } from '../support/test-database.js';
import { grantVerification, HOUSING, TALENTS, TAX } from './support/verify-grants.js';

const PERSON = samplePerson(0).idNumber;

let hub: System;
let pool: pg.Pool;
beforeAll(async () => {
  hub = await startSystem();
  pool = openTestPool({ connectionString: hub.config.GOVERNANCE_DATABASE_URL, max: 4 });
  await grantVerification(hub);
}, 120_000);
afterAll(async () => {
  await pool.end();
  await hub.stop();
}, 60_000);
beforeEach(() => pool.query('truncate verification_try, verification_miss, verification_lock, verification_run'));

const claim = async (phone: string, system = 'housing-app', about = PERSON): Promise<Loose> => {
  const query = `{ verifyResident(idNumber: "${about}", claims: { phone: "${phone}" }) { outcome } }`;
  const { data, errors } = await hub.ask(system, query, system === 'tax-app' ? TAX : HOUSING);
  return data?.['verifyResident']?.outcome ?? errors?.[0]?.extensions;
};
/** Guesses under aliases of one operation. */
const guess = async (numbers: readonly number[]) => {
  const aliases = numbers.map(
    (n) => `a${n}: verifyResident(idNumber: "${PERSON}", claims: { phone: "${13_000_000_000 + n}" }) { outcome }`,
  );
  const { data } = await hub.ask('housing-app', `{ ${aliases.join(' ')} }`, HOUSING);
  expect(Object.values(data!).map((each: Loose) => each.outcome)).toEqual(numbers.map(() => 'NOT_CONFIRMED'));
};
const lockOut = async (): Promise<{ id: string; until: string }> => {
  await guess([0, 1, 2, 3, 4]);
  const refusal = await claim('13000000005');
  expect(refusal).toMatchObject({ code: 'VERIFICATION_LOCKED', item: 'Resident.phone', provider: 'public-security' });
  return refusal.lock;
};
const watch = () => ({ pool, store: new RecordStore('Asia/Shanghai'), now: Date.now() });
const noticesOf = async (object: string): Promise<Loose[]> => {
  await distributeNotices(pool);
  const { rows } = await pool.query(
    `select department, kind, act, closed_at is not null as closed, text from notice where object = $1 order by number`,
    [object],
  );
  return rows;
};
const lift = async (
  id: string,
  person: string | undefined,
  reason = '已核对本人登记',
  system = 'public-security-app',
) => {
  const { data, errors } = await hub.ask(
    system,
    'mutation ($id: String!, $reason: String!) { liftVerificationLock(id: $id, reason: $reason) { lock { state } refusal { code message } } }',
    { variables: { id, reason }, ...(person !== undefined && { person }) },
  );
  return (
    data?.['liftVerificationLock']?.refusal?.code ??
    data?.['liftVerificationLock']?.lock.state ??
    errors![0]!.extensions['code']
  );
};

it('What is not shared is verified by a grant for that, and nobody reads it (QZ-5.4d, QZ-5.4f, CZ-11l, QZ-2.4a)', async () => {
  showsPartOf('QZ-5.4d', 'QZ-5.4f', 'CZ-11l', 'QZ-2.4a');
  const [{ annual_income: income }] = (await hub.rows(
    'population',
    `select annual_income from resident where id_number = '${PERSON}'`,
  )) as [Loose];
  const [right, wrong] = income < 30_000 ? ['BELOW_30000', 'AT_LEAST_30000'] : ['AT_LEAST_30000', 'BELOW_30000'];
  const ask = (band: string, system = 'housing-app', purpose = HOUSING) =>
    hub.ask(
      system,
      `{ verifyResident(idNumber: "${PERSON}", claims: { annualIncomeBand: ${band} }) { outcome } }`,
      purpose,
    );
  expect((await ask(right)).data).toEqual({ verifyResident: { outcome: 'MATCH' } });
  const { data, headers } = await ask(wrong);
  expect(data).toEqual({ verifyResident: { outcome: 'NOT_CONFIRMED' } });
  const record = (await hub.records()).find(({ requestId }) => requestId === headers.get('x-request-id'));
  expect(record).toMatchObject({ department: 'housing', mode: 'VERIFY', approvals: [{ grant: 'D-0009' }] });
  expect(JSON.stringify(record)).toContain('Resident.annualIncome');
  expect(JSON.stringify(record)).not.toMatch(/BELOW_|AT_LEAST_/);
  const read = await hub.ask('housing-app', `{ resident(idNumber: "${PERSON}") { annualIncome } }`, HOUSING);
  expect(read.data).toEqual({ resident: { annualIncome: null } });
  const refused = await ask(right, 'human-resources-app', { scenario: 'pension-check' });
  expect(refused.data).toEqual({ verifyResident: null });
  expect(refused.errors![0]!.extensions).toMatchObject({
    code: 'GRANT_REQUIRED',
    apply: { mutation: 'startApplication', input: { mode: 'VERIFY', coordinates: ['Resident.annualIncome'] } },
  });
});

describe('outcomes beyond one', () => {
  const NOBODY = samplePerson(900_000).idNumber;
  const ask = (
    system: string,
    purpose: typeof HOUSING,
    phone: string,
    about = PERSON,
    fields = 'outcome outcomes { item outcome }',
  ) =>
    hub.ask(system, `{ verifyResident(idNumber: "${about}", claims: { phone: "${phone}" }) { ${fields} } }`, purpose);

  it('are told to nobody by a grant without them: each is refused by its name, and nobody learns who has no record', async () => {
    const { data, errors } = await ask('tax-app', TAX, '13000000000');
    expect(data).toEqual({ verifyResident: { outcome: 'NOT_CONFIRMED', outcomes: null } });
    expect(errors![0]).toMatchObject({
      path: ['verifyResident', 'outcomes'],
      extensions: {
        code: 'GRANT_DETAIL_REQUIRED',
        apply: {
          mutation: 'startApplication',
          input: { mode: 'VERIFY', coordinates: ['Resident.phone'], verificationDetails: ['PER_ITEM'] },
        },
      },
    });
    const about = async (id: string) => (await ask('tax-app', TAX, '13000000000', id, 'outcome')).data;
    expect(await about(NOBODY)).toEqual(await about(PERSON));
  });

  it('are told by a grant with them, and recorded with it', async () => {
    const { data, headers } = await ask('housing-app', TALENTS, samplePhone(0));
    const told = [{ item: 'Resident.phone', outcome: 'MATCH' }];
    expect(data).toEqual({ verifyResident: { outcome: 'MATCH', outcomes: told } });
    expect((await ask('housing-app', TALENTS, '13000000000', NOBODY, 'outcome')).data).toEqual({
      verifyResident: { outcome: 'NO_RECORD' },
    });
    expect((await ask('housing-app', TALENTS, '13000000000', PERSON, 'outcome')).data).toEqual({
      verifyResident: { outcome: 'NOT_CONFIRMED' },
    });
    const record = (await hub.records()).find(({ requestId }) => requestId === headers.get('x-request-id'));
    expect(record).toMatchObject({
      mode: 'VERIFY',
      approvals: [{ grant: 'V-4' }],
      compared: expect.arrayContaining(['Resident.phone']),
      released: expect.arrayContaining(['ItemVerification.outcome', 'Verification.outcomes']),
      details: { 'Resident.phone': ['PER_ITEM', 'NO_RECORD'] },
    });
    expect(JSON.stringify(record)).not.toContain(samplePhone(0));
  });
});

describe('a lock after guesses', () => {
  it('stops the department for the record, also with the true value, and nobody else', async () => {
    const lock = await lockOut();
    expect(lock.id).toMatch(/^VL-\d{6}$/);
    expect(Date.parse(lock.until)).toBeGreaterThan(Date.now());
    expect(await claim('13000000002')).toBe('NOT_CONFIRMED');
    expect(await claim(samplePhone(0))).toMatchObject({ code: 'VERIFICATION_LOCKED', lock });
    expect(await claim(samplePhone(0), 'tax-app')).toBe('MATCH');
    expect(await claim(samplePhone(1), 'housing-app', samplePerson(1).idNumber)).toBe('MATCH');
  });

  it('is told, once, to the provider as a task, to the authority and to the department that asked', async () => {
    const { id } = await lockOut();
    await claim('13000000006');
    // A worker that is killed and started again finds nothing more to tell.
    expect([await announceLocks(watch()), await announceLocks(watch())]).toEqual([1, 0]);
    const notices = await noticesOf(`verification-lock/${id}`);
    const told = notices.map(({ department, kind }) => `${department} ${kind}`).sort();
    expect(told).toEqual(['data-bureau DECISION', 'housing DECISION', 'public-security TASK']);
    expect(JSON.stringify(notices)).not.toMatch(/13000000|330102/);
  });

  it('is seen by its parties alone', async () => {
    const { id } = await lockOut();
    const seen = async (system: string, person?: string) =>
      (
        await hub.ask(
          system,
          '{ verificationLocks { nodes { id item asker system misses forAll state } } }',
          person === undefined ? {} : { person },
        )
      ).data!['verificationLocks'].nodes;
    const lock = {
      id,
      item: 'Resident.phone',
      asker: 'housing',
      system: 'housing-app',
      misses: 5,
      forAll: false,
      state: 'LOCKED',
    };
    for (const system of ['public-security-app', 'housing-app', 'data-bureau-console'])
      expect(await seen(system)).toEqual([lock]);
    expect(await seen('tax-app')).toEqual([]);
  });

  it('is not lifted by a system, by another department, without a reason, or twice', async () => {
    const { id } = await lockOut();
    expect(await lift(id, undefined)).toBe('OPERATION_DENIED');
    expect(await lift(id, 'public-security.head')).toBe('OPERATION_DENIED');
    expect(await lift(id, 'li.na', '已核对本人登记', 'housing-app')).toBe('OPERATION_DENIED');
    // A data administrator of another department finds no such lock.
    expect(await lift(id, 'chen.jing', '已核对本人登记', 'civil-affairs-app')).toBe('LOCK_UNKNOWN');
    expect(await lift(id, 'zhao.lei', ' ')).toBe('REASON_MISSING');
    expect(await lift(id, 'zhao.lei', `核对了 ${PERSON}`)).toBe('GROUNDS_MALFORMED');
    expect(await lift('VL-999999', 'zhao.lei')).toBe('LOCK_UNKNOWN');
    expect(await claim('13000000006')).toMatchObject({ code: 'VERIFICATION_LOCKED' });
    expect(await lift(id, 'zhao.lei')).toBe('LIFTED');
    expect(await lift(id, 'zhao.lei')).toBe('STATE_UNFIT');
  });

  it('is lifted by the provider’s data administrator, on the record; its task is done, and five tries begin anew', async () => {
    const { id } = await lockOut();
    await announceLocks(watch());
    await noticesOf(`verification-lock/${id}`);
    expect(await lift(id, 'zhao.lei')).toBe('LIFTED');
    const notices = await noticesOf(`verification-lock/${id}`);
    expect(notices.filter(({ kind }) => kind === 'TASK')).toMatchObject([{ closed: true }]);
    expect(notices.filter(({ act }) => act === 'LIFT_VERIFICATION_LOCK')).toMatchObject([{ department: 'housing' }]);
    expect(await claim(samplePhone(0))).toBe('MATCH');
    await guess([5, 6, 7, 8, 9]);
    const next = await claim('13000000010');
    expect(next.lock.id).not.toBe(id);
    const { rows } = await pool.query(`select line from evidence.record where line like '%LIFT_VERIFICATION_LOCK%'`);
    expect(JSON.parse(rows.at(-1).line)).toMatchObject({
      person: 'zhao.lei',
      object: `verification-lock/${id}`,
      reason: '已核对本人登记',
    });
  });

  it('ends by itself, which closes the task', async () => {
    const { id } = await lockOut();
    await announceLocks(watch());
    await noticesOf(`verification-lock/${id}`);
    await pool.query(`update verification_lock set until_at = now() - interval '1 minute'`);
    expect(await lift(id, 'zhao.lei')).toBe('STATE_UNFIT');
    expect([await announceLocks(watch()), await announceLocks(watch())]).toEqual([1, 0]);
    const notices = await noticesOf(`verification-lock/${id}`);
    expect(notices.filter(({ kind, closed }) => kind === 'TASK' && !closed)).toEqual([]);
  });
});

describe('a system whose failures are many', () => {
  const SHARE = { checks: 20, percent: 20 };
  const check = async (misses: number, matches: number) => {
    const row = (n: number, phone: string) => ({ idNumber: samplePerson(n).idNumber, claims: { phone } });
    const rows = [
      ...Array.from({ length: misses }, (_, n) => row(n + 20, '13000000000')),
      ...Array.from({ length: matches }, (_, n) => row(n, samplePhone(n))),
    ];
    const query = 'query ($rows: [ResidentClaimRow!]!) { verifyResidentBatch(rows: $rows) { outcome } }';
    return (await hub.ask('tax-app', query, { ...TAX, variables: { rows } })).data?.['verifyResidentBatch'];
  };

  it('is suspended by the hub, until a person of the authority resumes it, and is not judged by the same twice', async () => {
    await check(4, 16);
    expect(await suspendGuessers(watch(), SHARE)).toEqual([]);
    // The same again is free.
    await check(4, 0);
    expect(await suspendGuessers(watch(), SHARE)).toEqual([]);
    await check(5, 0);
    expect(await suspendGuessers(watch(), { ...SHARE, checks: 22 })).toEqual([]);
    expect(await suspendGuessers(watch(), SHARE)).toEqual(['tax-app']);
    expect(await claim(samplePhone(0), 'tax-app')).toMatchObject({ code: 'CALLER_SUSPENDED' });
    const told = (await noticesOf('system/tax-app')).map(({ department }) => department);
    expect(told.sort()).toEqual(['data-bureau', 'tax']);
    const resume = async (system: string, person?: string) =>
      hub.ask(
        system,
        'mutation { resumeSystem(clientId: "tax-app", reason: "已整改") { system { suspended } } }',
        person === undefined ? {} : { person },
      );
    expect((await resume('data-bureau-console')).errors?.[0]?.extensions['code']).toBe('OPERATION_DENIED');
    expect((await resume('data-bureau-console', 'wang.min')).errors).toBeUndefined();
    expect(await claim(samplePhone(0), 'tax-app')).toBe('MATCH');
    expect(await suspendGuessers(watch(), { checks: 1, percent: 15 })).toEqual([]);
  });

  it('is judged by what a killed gateway began as if none of it had been confirmed, and not by what is under way', async () => {
    await pool.query(`insert into verification_run (system, checks) values ('tax-app', 40)`);
    expect(await suspendGuessers(watch(), SHARE)).toEqual([]);
    await pool.query(`update verification_run set at = now() - interval '3 minutes'`);
    expect(await suspendGuessers(watch(), SHARE)).toEqual(['tax-app']);
    await pool.query(`update registered_system set suspended = false where client_id = 'tax-app'`);
  });
});

describe('a batch', () => {
  const QUERY = 'query ($rows: [ResidentClaimRow!]!) { verifyResidentBatch(rows: $rows) { outcome } }';
  // Children have no phone.
  const adults = Array.from({ length: 120 }, (_, n) => n).filter((n) => samplePerson(n).role !== 'CHILD');
  const rows = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const n = adults[i % adults.length]!;
      return { idNumber: samplePerson(n).idNumber, claims: { phone: samplePhone(n) } };
    });

  it('of 10,000 rows is compared in one request, and one of 10,001 asks nobody', async () => {
    hub.forget();
    const refused = await hub.ask('tax-app', QUERY, { ...TAX, variables: { rows: rows(10_001) } });
    expect(refused.status).toBe(400);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 10_000 });
    expect(hub.received).toEqual([]);
    expect((await pool.query('select 1 from verification_run')).rows).toEqual([]);
    const { data, errors } = await hub.ask('tax-app', QUERY, { ...TAX, variables: { rows: rows(10_000) } });
    expect(errors).toBeUndefined();
    expect(data!['verifyResidentBatch'].filter(({ outcome }: Loose) => outcome === 'MATCH')).toHaveLength(10_000);
    expect(hub.received).toHaveLength(1);
  });

  it('is the only list that may be as long', async () => {
    const of = Array.from({ length: 2_001 }, () => PERSON);
    const query = 'query ($of: [String!]!) { residentBatch(idNumber: $of) { name } }';
    const { errors } = await hub.ask('tax-app', query, { variables: { of } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 2_000 });
  });
});

it('what no limit looks at any more is forgotten', async () => {
  await lockOut();
  const counts = async () =>
    (
      await pool.query(`select (select count(*)::int from verification_try) tries, (select count(*)::int from verification_miss) misses,
       (select count(*)::int from verification_run) runs, (select count(*)::int from verification_lock) locks`)
    ).rows[0];
  expect(await forgetGuesses(pool)).toBe(0);
  await pool.query(`update verification_try set at = at - interval '31 days'`);
  await pool.query(`update verification_miss set since = since - interval '31 days'`);
  await pool.query(`update verification_run set at = at - interval '3 days'`);
  await announceLocks(watch());
  await pool.query(`update verification_lock set state = 'ENDED', ended_at = now() - interval '366 days'`);
  await forgetGuesses(pool);
  expect(await counts()).toEqual({ tries: 0, misses: 0, runs: 0, locks: 0 });
});
