import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { samplePerson, samplePhone } from '../../shared/sample/person.js';
import type { SubgraphName } from '../../subgraphs/index.js';
import { rounds } from '../support/rounds.js';
import { startSystem, type System } from '../support/system.js';
import { askAgain, askAtRandom, protectEverywhere, removeRecords } from './support/absence.js';

const people = Array.from({ length: 5 }, (_, i) => samplePerson(i));
const nobody = samplePerson(900);
const [one, two, three, four] = people.map(({ idNumber }) => idNumber) as [string, string, string, string];

let hub: System;
beforeAll(async () => {
  hub = await startSystem();
}, 120_000);
afterAll(() => hub.stop(), 60_000);

const BATCH = 'query ($of: [String!]!) { residentBatch(idNumber: $of) { name phone } }';

describe('a batch look-up through the hub', () => {
  it('names the places that hold no identifier, and asks nothing', async () => {
    hub.forget();
    for (const query of [BATCH, `{ residentBatch(idNumber: ["${one}", "123", "${two}", ""]) { name } }`]) {
      const reply = await hub.ask('tax-app', query, { variables: { of: [one, '123', two, ''] } });
      expect([reply.status, reply.errors?.[0]?.extensions]).toEqual([
        400,
        { code: 'BAD_USER_INPUT', argument: 'idNumber', indices: [1, 3] },
      ]);
      expect(reply.errors![0]!.message).toContain('Places in the list, from 0: 1, 3.');
      expect(reply.text).not.toContain('123');
    }
    expect(hub.received).toEqual([]);
  });

  it('refuses more than 1,000 keys, by the provider and with the cost of a list by the hub', async () => {
    const many = Array.from({ length: 1_001 }, () => one);
    const reply = await hub.ask('tax-app', BATCH, { variables: { of: many } });
    expect(reply.data).toEqual({ residentBatch: null });
    expect(reply.errors?.map(({ extensions }) => extensions.code)).toContain('LIST_TOO_LONG');
    const wide = Array.from({ length: 120 }, (_, i) => `f${i}: name`).join(' ');
    const costly = await hub.ask(
      'tax-app',
      `query ($of: [String!]!) { a: residentBatch(idNumber: $of) { ${wide} } b: residentBatch(idNumber: $of) { ${wide.replaceAll('f', 'g')} } }`,
      { variables: { of: many } },
    );
    expect(costly.errors?.[0]?.extensions['code']).toMatch(/OPERATION_TOO_(COSTLY|LARGE)/);
  });

  it('gives each record in the place of its key, decides each item, and records every subject', async () => {
    hub.forget();
    const of = [three, nobody.idNumber, one, three];
    const reply = await hub.ask('tax-app', BATCH, { scenario: 'tax-credit-review', variables: { of } });
    const rows = reply.data!['residentBatch'];
    expect(rows.map((row: { name: string } | null) => row?.name)).toEqual([
      people[2]!.name,
      undefined,
      people[0]!.name,
      people[2]!.name,
    ]);
    // Phones are granted in one township alone.
    for (const [i, row] of rows.entries())
      if (row) expect(row.phone !== null).toBe(people[i === 2 ? 0 : 2]!.township.code === '330106002');
    expect(hub.received).toHaveLength(1);
    const record = (await hub.records()).at(-1)!;
    expect(record.subjectCount).toBe(3);
    expect(record.rows).toMatchObject({ Resident: 3 });
  });

  it('counts every record towards a quota', async () => {
    const ask = (of: readonly string[]) =>
      hub.ask('human-resources-app', BATCH, { scenario: 'pension-check', variables: { of } });
    expect((await ask([one, two, three, four])).errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'QUOTA_EXCEEDED',
    ]);
    expect((await ask([one, two, three])).errors).toBeUndefined();
    expect((await ask([one])).errors?.map(({ extensions }) => extensions['code'])).toEqual(['QUOTA_EXCEEDED']);
  });
});

describe('a protected subject through the hub', () => {
  /** Head of a household, insured, with certificates. */
  const witness = people[0]!;
  const household = `${witness.township.code}${String(witness.household).padStart(8, '0')}`;
  const RENTAL = { scenario: 'public-rental-review' };
  const QUESTIONS: readonly string[] = [
    `{ resident(idNumber: "${witness.idNumber}") { name phone household { size } pensionInsurance { status } } }`,
    `{ party(identifier: "${witness.idNumber}") { __typename name } }`,
    `{ residents(first: 100) { nodes { idNumber enterprises { name } } pageInfo { endCursor hasNextPage } } }`,
    `{ residents(first: 100, order: { birthDate: ASC }) { edges { cursor node { name } } pageInfo { hasNextPage } } }`,
    `{ residents(phone: "${samplePhone(0)}") { nodes { name } } }`,
    `{ household(householdNumber: "${household}") { size head { name } members { name registeredAddress } } }`,
    `{ residentBatch(idNumber: ["${two}", "${witness.idNumber}"]) { name livingAllowanceEligible certificates { kind } } }`,
    `{ pensionInsurances(first: 50) { nodes { insuranceNumber status } } }`,
  ];
  const askAll = () => Promise.all(QUESTIONS.map(async (query) => (await hub.ask('housing-app', query, RENTAL)).text));
  const act = async (person: string, text: string) => {
    const { data, errors } = await hub.ask('public-security-app', `mutation { ${text} }`, { person });
    expect(errors).toBeUndefined();
    return Object.values(data!)[0];
  };
  const SUBJECT = `subject: { kind: PERSON, identifier: "${witness.idNumber.toLowerCase()}" }`;
  const PURPOSE = '{ department: "civil-affairs", scenario: "living-allowance-review" }';
  const propose = async () =>
    (
      await act(
        'zhao.lei',
        `proposeProtection(input: { ${SUBJECT}, purposes: [${PURPOSE}], reference: "刑保〔2026〕1号", reason: "证人保护",
        basis: ["刑事诉讼法 第六十四条"], until: "2030-12-31" }) { protection { id } refusal { code message } }`,
      )
    ).protection.id as string;

  it('is as absent as somebody of whom the owner has no record, with the next query after the second person', async () => {
    const before = await askAll();
    const id = await propose();
    expect(await askAll()).toEqual(before);
    const confirmed = `confirmProtection(id: "${id}", identifier: "${witness.idNumber}") { protection { state } refusal { code } }`;
    expect((await act('zhao.lei', confirmed)).refusal).toEqual({ code: 'SAME_PERSON' });
    expect(await askAll()).toEqual(before);
    expect(await act('public-security.head', confirmed)).toMatchObject({ protection: { state: 'IN_FORCE' } });
    const withheld = await askAll();
    const spared = await hub.ask(
      'civil-affairs-app',
      `{ resident(idNumber: "${witness.idNumber}") { name annualIncome } }`,
      {
        scenario: 'living-allowance-review',
      },
    );
    expect(spared.data!['resident'].name).toBe(witness.name);
    const recorded = (await hub.records()).slice(-QUESTIONS.length - 1).map(({ rows }) => rows['Resident'] ?? 0);

    await hub.rows('population', `create table kept as select * from resident where id_number = '${witness.idNumber}'`);
    await hub.rows('population', `delete from resident where id_number = '${witness.idNumber}'`);
    const resize = (by: number) =>
      hub.rows('population', `update household set size = size + ${by} where household_number = '${household}'`);
    await resize(-1);
    try {
      await act('zhao.lei', `proposeProtectionEnd(id: "${id}", reason: "案件办结") { protection { state } }`);
      expect(await askAll()).toEqual(withheld);
      await act('public-security.head', `confirmProtectionEnd(id: "${id}") { protection { state } }`);
      expect(await askAll()).toEqual(withheld);
      const absent = (await hub.records()).slice(-QUESTIONS.length).map(({ rows }) => rows['Resident'] ?? 0);
      expect([...recorded].sort()).toEqual([...absent, 1].sort());
    } finally {
      await hub.rows('population', 'insert into resident select * from kept');
      await resize(1);
      await hub.rows('population', 'drop table kept');
    }
    // Once it has ended, nothing of it is left.
    expect(await askAll()).toEqual(before);
    for (const [i, text] of before.entries()) expect([i, text === withheld[i]]).toEqual([i, i === 7]);
  });

  it('has no trace in what is recorded and told of it', async () => {
    const acts = await hub.governance.query(
      `select line from evidence.record where line like '%"kind":"act"%PROTECTION%'`,
    );
    const notices = await hub.governance.query(`select * from notice where object like 'protection/%'`);
    const stored = JSON.stringify([acts.rows, notices.rows, await hub.records()]);
    expect(acts.rows.length).toBeGreaterThan(3);
    expect(stored).not.toContain(witness.idNumber);
    expect(stored).not.toContain('证人保护');
  });
});

describe('a citizen whom every owner protects', () => {
  it('is as absent as one of whom nobody has a record, whatever is asked', async () => {
    const witness = people[0]!;
    const others = people.slice(1, 4);
    const column = async (subgraph: SubgraphName, sql: string) =>
      (await hub.rows(subgraph, sql)).map((row) => String(Object.values(row)[0]));
    const about = `in ('${[witness, ...others].map(({ idNumber }) => idNumber).join("','")}')`;
    const keys = {
      householdNumber: await column('population', `select household_number from resident where id_number ${about}`),
      insuranceNumber: await column(
        'social-security',
        `select insurance_number from pension_insurance where insured_id_number ${about}`,
      ),
      cardNumber: await column(
        'social-security',
        `select card_number from medical_insurance where insured_id_number ${about}`,
      ),
      caseNumber: await column('social-security', 'select case_number from living_allowance limit 5'),
      certificateNumber: await column(
        'licence',
        `select certificate_number from certificate where holder_identifier ${about}`,
      ),
      creditCode: await column('legal-entity', 'select credit_code from enterprise limit 5'),
      employer: await column('social-security', 'select distinct employer_code from pension_insurance limit 5'),
    };
    const known = {
      persons: [witness.idNumber, witness.idNumber, ...others.map(({ idNumber }) => idNumber), nobody.idNumber],
      phones: [samplePhone(0), samplePhone(1)],
      names: [witness.name, witness.name.slice(0, 1)],
      divisions: [witness.township.code, witness.township.code.slice(0, 6), '33'],
      keys,
    };
    const seed = Number(process.env['SEED'] ?? rounds(7, Date.now() % 1_000_000));
    const release = await protectEverywhere(hub, witness.idNumber);
    const withheld = await askAtRandom(hub, rounds(25, 3_000), seed, known);
    await release();
    const bringBack = await removeRecords(hub, witness.idNumber);
    try {
      for (const question of withheld) {
        const { query, caller, text } = question;
        expect({ seed, query, caller, text }).toEqual({ seed, query, caller, text: await askAgain(hub, question) });
      }
    } finally {
      await bringBack();
    }
    // Not in vain: without a protection many of the answers are others.
    let shown = 0;
    for (const question of withheld) if ((await askAgain(hub, question)) !== question.text) shown++;
    expect(shown).toBeGreaterThan(0);
  }, 3_600_000);
});
