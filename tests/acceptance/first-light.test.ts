import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSystem, type Reply, type System } from '../support/system.js';
import { shows, showsPartOf } from '../conformance/shows.js';

let hub: System;
let person: string;

beforeAll(async () => {
  hub = await startSystem();
  const [row] = await hub.rows(
    'legal-entity',
    `select representative_id_number as id from enterprise where status = 'ACTIVE' order by credit_code limit 1`,
  );
  person = row!['id'] as string;
}, 120_000);
afterAll(() => hub.stop(), 60_000);
beforeEach(() => hub.forget());

const RENTAL = { scenario: 'public-rental-review' };
const codes = ({ errors = [] }: Reply) =>
  Object.fromEntries(errors.map(({ path, extensions }) => [path!.join('.'), extensions['code']]));
const asked = () => new Set(hub.received.flatMap(({ fields }) => fields));

describe('one query across five departments', () => {
  const QUERY = `query Review($id: String!) {
    resident(idNumber: $id) {
      name
      phone
      annualIncome
      livingAllowanceEligible
      division { code name }
      pensionInsurance { status monthsPaid }
      medicalInsurance { status }
      enterprises { name status annualRevenue }
      certificates { kind status }
    }
  }`;

  it('answers what share types and grants allow, and says of the rest why not (HZ-7.1e, HZ-8.1b, HZ-9.3d, CZ-4i, CZ-9.1f, YN-36d)', async () => {
    shows('HZ-7.1e', 'HZ-8.1b', 'HZ-9.3d', 'CZ-4i', 'YN-36d');
    showsPartOf('CZ-9.1f');
    const reply = await hub.ask('housing-app', QUERY, { ...RENTAL, variables: { id: person } });
    expect(reply.status).toBe(200);
    const resident = reply.data!['resident'];
    expect(Object.keys(resident)).toEqual([
      ...['name', 'phone', 'annualIncome', 'livingAllowanceEligible', 'division', 'pensionInsurance'],
      ...['medicalInsurance', 'enterprises', 'certificates'],
    ]);
    expect(resident.name).toEqual(expect.any(String));
    expect(resident.phone).toMatch(/^1\d{10}$/);
    expect(resident.annualIncome).toBeNull();
    expect(resident.livingAllowanceEligible).toEqual(expect.any(Boolean));
    expect(resident.division.name).toEqual(expect.any(String));
    expect(resident.medicalInsurance).toBeNull();
    expect(resident.enterprises.length).toBeGreaterThan(0);
    expect(resident.enterprises[0]).toEqual({ name: expect.any(String), status: 'ACTIVE', annualRevenue: null });
    expect(resident.certificates).toEqual(expect.any(Array));
    expect(codes(reply)).toEqual({
      'resident.annualIncome': 'NOT_SHARED',
      'resident.medicalInsurance': 'GRANT_REQUIRED',
      'resident.enterprises.0.annualRevenue': 'GRANT_REQUIRED',
    });
  });

  it('asks no provider for what is refused, and for the income only as the input it is computed from', async () => {
    await hub.ask('housing-app', QUERY, { ...RENTAL, variables: { id: person } });
    expect(new Set(hub.received.map(({ subgraph }) => subgraph))).toEqual(
      new Set(['population', 'geography', 'legal-entity', 'licence', 'social-security']),
    );
    expect(asked()).not.toContain('Resident.medicalInsurance');
    expect(asked()).not.toContain('Enterprise.annualRevenue');
    const record = (await hub.records()).at(-1)!;
    expect(record.internal).toContain('Resident.annualIncome');
    expect(record.released).not.toContain('Resident.annualIncome');
    expect(record.denied.map(({ coordinate }) => coordinate).sort()).toEqual([
      'Enterprise.annualRevenue',
      'Resident.annualIncome',
      'Resident.medicalInsurance',
    ]);
  });

  it('tells how to apply, with an input that can be sent as it is, and gives it when everybody has agreed (HZ-8.5a)', async () => {
    shows('HZ-8.5a');
    showsPartOf('QZ-9.2d');
    const reply = await hub.ask('tax-app', `{ enterprises(first: 1) { nodes { annualRevenue } } }`, {
      scenario: 'tax-credit-review',
    });
    const { extensions } = reply.errors![0]!;
    expect(extensions).toMatchObject({
      code: 'GRANT_REQUIRED',
      resource: '102001/000001',
      title: '年营业收入',
      shareType: 'CONDITIONAL',
      provider: 'market-supervision',
      basis: ['企业信息公示暂行条例 第九条'],
    });
    const { mutation, input } = extensions['apply'];
    const started = await hub.ask(
      'tax-app',
      `mutation ($input: ApplicationInput!) {
        ${mutation}(input: $input) { application { id version } findings { code } refusal { message } } }`,
      { variables: { input } },
    );
    const { application, findings } = started.data![mutation];
    expect(findings).toEqual([{ code: 'DUTY_MISSING' }]);
    const duties = await hub.governance.query(`select id from duty where department = 'tax' order by id`);
    const SEND = `mutation ($id: String!, $version: Int!, $input: ApplicationInput!) {
      changeApplication(id: $id, version: $version, input: $input, submit: true) {
        application { version reviews { id version terms { mode coordinates } } } refusal { code } } }`;
    const variables = { ...application, input: { ...input, duty: duties.rows[0].id } };
    // Under the law of Quanzhou the data administrator sends, not a system for itself (QZ-9.2d).
    const bySystem = (await hub.ask('tax-app', SEND, { variables })).data!['changeApplication'];
    expect([bySystem.refusal, bySystem.application.reviews]).toEqual([{ code: 'OFFICER_REQUIRED' }, []]);
    const sent = await hub.ask('tax-app', SEND, {
      person: 'zhang.tao',
      variables: { ...variables, version: bySystem.application.version },
    });
    let [review] = sent.data!['changeApplication'].application.reviews;
    const { mode, coordinates } = review.terms;
    const DECIDE = `mutation ($review: String!, $version: Int!, $decision: DecisionInput!) {
      decideApplication(review: $review, version: $version, decision: $decision) {
        review { id version status } refusal { message } } }`;
    const decision = () => ({
      variables: {
        ...{ review: review.id, version: review.version },
        decision: { verdict: 'AGREE', terms: { mode, coordinates } },
      },
    });
    // A system without a person decides nothing.
    const alone = await hub.ask('market-app', DECIDE, decision());
    expect(alone.errors![0]!.extensions['code']).toBe('OPERATION_DENIED');
    for (const [system, person] of [
      ['market-app', 'ma.li'],
      ['data-bureau-console', 'wang.min'],
    ] as const) {
      const decided = await hub.ask(system, DECIDE, { person, ...decision() });
      review = decided.data!['decideApplication'].review;
    }
    expect(review.status).toBe('AGREED');
    const after = await hub.ask('tax-app', `{ enterprises(first: 1) { nodes { annualRevenue } } }`, {
      scenario: 'tax-credit-review',
    });
    expect(after.errors).toBeUndefined();
    expect(after.data!['enterprises'].nodes[0].annualRevenue).toEqual(expect.any(Number));
  });

  it('records who asked, why, under whose approval and about whom, without naming the person', async () => {
    showsPartOf('JL-22f');
    const reply = await hub.ask('housing-app', QUERY, { ...RENTAL, variables: { id: person } });
    const record = (await hub.records()).at(-1)!;
    expect(record).toMatchObject({
      requestId: reply.headers.get('x-request-id'),
      department: 'housing',
      system: 'housing-app',
      scenario: 'public-rental-review',
      purpose: expect.stringContaining('公共租赁住房'),
      approvals: [expect.objectContaining({ grant: 'D-0001', approver: 'zhao.lei' })],
      mode: 'QUERY',
      outcome: 'partial',
    });
    expect(record.subjectCount).toBeGreaterThanOrEqual(1);
    expect(record.subjects.length).toBe(record.subjectCount);
    expect(record.subjectKey).toMatch(/^[\w-]{16}$/);
    expect(JSON.stringify(record)).not.toContain(person);
  });
});

describe('the purpose', () => {
  const PHONE = `{ residents(first: 1) { nodes { phone } } }`;
  const code = async (system: string, scenario?: string) =>
    (await hub.ask(system, PHONE, scenario === undefined ? {} : { scenario })).errors?.[0]?.extensions['code'];

  it('is asked for where an item is given under conditions', async () =>
    expect(await code('housing-app')).toBe('PURPOSE_REQUIRED'));
  it('must be one of the own department’s', async () => {
    const reply = await hub.ask('tax-app', PHONE, RENTAL);
    expect([reply.status, reply.errors![0]!.extensions['code']]).toEqual([403, 'SCENARIO_UNKNOWN']);
    expect(reply).not.toHaveProperty('data');
  });
  it('must exist, and is refused in the same words when it does not', async () => {
    const other = await hub.ask('tax-app', PHONE, RENTAL);
    const none = await hub.ask('tax-app', PHONE, { scenario: 'no-such-thing' });
    expect(none.errors![0]!.message).toBe(other.errors![0]!.message.replace('public-rental-review', 'no-such-thing'));
  });
  it('of an expired grant gives nothing', async () =>
    expect(await code('housing-app', 'talent-housing')).toBe('GRANT_EXPIRED'));
  it('of a suspended grant gives nothing', async () =>
    expect(await code('tax-app', 'arrears-recovery')).toBe('GRANT_SUSPENDED'));
  it('is never shared between requests in flight', async () => {
    const scenarios = ['public-rental-review', 'talent-housing', undefined];
    const replies = await Promise.all(Array.from({ length: 60 }, (_, i) => code('housing-app', scenarios[i % 3])));
    replies.forEach((found, i) => expect(found).toBe([undefined, 'GRANT_EXPIRED', 'PURPOSE_REQUIRED'][i % 3]));
  });
});

describe('limits of a grant', () => {
  it('rows: gives the phone only where the division is covered, and the name everywhere', async () => {
    const [inside] = await hub.rows(
      'population',
      `select id_number from resident where division_code like '330106002%' and phone is not null limit 1`,
    );
    const [outside] = await hub.rows(
      'population',
      `select id_number from resident where division_code not like '330106002%' and phone is not null limit 1`,
    );
    const read = (id: unknown) =>
      hub.ask('tax-app', `query ($id: String!) { resident(idNumber: $id) { name phone } }`, {
        scenario: 'tax-credit-review',
        variables: { id },
      });
    const reply = await read(outside!['id_number']);
    expect(reply.data!['resident']).toEqual({ name: expect.any(String), phone: null });
    expect(codes(reply)).toEqual({ 'resident.phone': 'OUT_OF_SCOPE' });
    expect((await read(inside!['id_number'])).data!['resident'].phone).toMatch(/^1\d{10}$/);
  });

  it('rows: a filter by the item shows only rows that are covered', async () => {
    const [outside] = await hub.rows(
      'population',
      `select phone from resident where division_code not like '330106002%' and phone is not null limit 1`,
    );
    const reply = await hub.ask('tax-app', `query ($p: String!) { residents(phone: $p) { nodes { name } } }`, {
      scenario: 'tax-credit-review',
      variables: { p: outside!['phone'] },
    });
    expect(reply.data).toEqual({ residents: { nodes: [] } });
  });

  it('masks: the provider gives the de-identified form, and never the value', async () => {
    const reply = await hub.ask('market-app', `{ residents(first: 1) { nodes { phone } } }`, {
      scenario: 'licence-renewal',
    });
    expect(reply.data!['residents'].nodes[0].phone).toMatch(/^\d{3}\*{4}\d{4}$/);
  });

  it('masks: what is masked cannot be filtered by', async () => {
    const reply = await hub.ask('market-app', `{ residents(phone: "14210006685") { nodes { name } } }`, {
      scenario: 'licence-renewal',
    });
    expect(reply.data).toEqual({ residents: null });
    expect(codes(reply)).toEqual({ residents: 'GRANT_REQUIRED' });
  });

  it('quota: the fourth operation of the day is refused', async () => {
    const ask = () =>
      hub.ask('human-resources-app', `{ residents(first: 1) { nodes { phone } } }`, { scenario: 'pension-check' });
    const found: unknown[] = [];
    for (let i = 0; i < 5; i++) found.push((await ask()).errors?.[0]?.extensions['code']);
    expect(found).toEqual([undefined, undefined, undefined, 'QUOTA_EXCEEDED', 'QUOTA_EXCEEDED']);
  });

  it('coordination: gives the value of a not-shared item', async () => {
    const query = `query ($id: String!) { resident(idNumber: $id) { annualIncome criminalRecord } }`;
    const reply = await hub.ask('civil-affairs-app', query, {
      scenario: 'living-allowance-review',
      variables: { id: person },
    });
    expect(reply.data!['resident']).toEqual({ annualIncome: expect.any(Number), criminalRecord: null });
    expect(codes(reply)).toEqual({ 'resident.criminalRecord': 'NOT_SHARED' });
  });

  it('the provider reads its own resource, whatever its share type', async () => {
    const reply = await hub.ask(
      'public-security-app',
      `{ residents(first: 1) { nodes { phone annualIncome criminalRecord } } }`,
    );
    expect(reply.errors).toBeUndefined();
  });
});

describe('a grant that ends', () => {
  it('stops at the next request, also with every cache warm (YN-36e)', async () => {
    shows('YN-36e', 'QZ-5.10');
    const query = `{ residents(first: 2) { nodes { phone } } }`;
    const mutate = (field: string) =>
      hub.ask('data-bureau-console', `mutation { ${field} { grant { id suspended } refusal { code message } } }`, {
        person: 'wang.min',
      });
    for (let i = 0; i < 5; i++) expect((await hub.ask('housing-app', query, RENTAL)).errors).toBeUndefined();
    await mutate(`suspendGrant(id: "D-0001", reason: "检查")`);
    expect((await hub.ask('housing-app', query, RENTAL)).errors![0]!.extensions['code']).toBe('GRANT_SUSPENDED');
    await mutate(`resumeGrant(id: "D-0001")`);
    expect((await hub.ask('housing-app', query, RENTAL)).errors).toBeUndefined();

    const phone = `{ residents(first: 1) { nodes { phone } } }`;
    const askPhone = () => hub.ask('market-app', phone, { scenario: 'licence-renewal' });
    expect((await askPhone()).errors).toBeUndefined();
    await mutate(`revokeGrant(id: "D-0006", reason: "到期")`);
    expect((await askPhone()).errors![0]!.extensions['code']).toBe('GRANT_REQUIRED');
  });

  it('stops within a second when it is ended behind the hub’s back', async () => {
    const query = `{ residents(first: 1) { nodes { household { householdNumber } } } }`;
    const ask = () => hub.ask('civil-affairs-app', query, { scenario: 'living-allowance-review' });
    expect((await ask()).errors).toBeUndefined();
    await hub.governance.query(`update share_grant set revoked_at = now() where id = 'D-0005'`);
    const deadline = performance.now() + 1_000;
    let code: unknown;
    // A machine that is too busy to confirm the grants in time refuses until it is.
    while ((code === undefined || code === 'GRANTS_STALE') && performance.now() < deadline)
      code = (await ask()).errors?.[0]?.extensions['code'];
    expect(code).toBe('GRANT_REQUIRED');
  });

  it('a department that is suspended is refused whole, and let in again', async () => {
    const flip = (field: string) =>
      hub.ask('data-bureau-console', `mutation { ${field}(code: "market-supervision") { department { suspended } } }`, {
        person: 'wang.min',
      });
    await flip('suspendDepartment');
    const reply = await hub.ask('market-app', `{ departments { nodes { code } } }`);
    expect([reply.status, reply.errors![0]!.extensions['code']]).toEqual([403, 'CALLER_SUSPENDED']);
    await flip('resumeDepartment');
    expect((await hub.ask('market-app', `{ departments { nodes { code } } }`)).status).toBe(200);
  });

  it('is ended by those who have a part in it alone', async () => {
    const reply = await hub.ask(
      'tax-app',
      `mutation { revokeGrant(id: "D-0001", reason: "x") { grant { id } refusal { code } } }`,
    );
    expect(reply.data!['revokeGrant']).toEqual({ grant: null, refusal: { code: 'GRANT_UNKNOWN' } });
  });
});

describe('nobody goes round the hub', () => {
  it('a subgraph refuses a request without the hub’s signed context (HZ-3.3b, QZ-1.5c, CZ-10k, JL-23c, YN-15c)', async () => {
    shows('HZ-3.3b', 'QZ-1.5c', 'QZ-1.5e', 'CZ-10k', 'JL-23c', 'YN-15c');
    showsPartOf('HZ-7.2b');
    for (const { url } of hub.subgraphs.values()) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        errors: [{ message: expect.any(String), extensions: { code: 'CONTEXT_REFUSED' } }],
      });
    }
  });
});
