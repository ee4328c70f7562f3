import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSystem, type AskOptions, type Reply, type System } from '../support/system.js';

let hub: System;
let person: string;
let phone: string;
let certificate: string;
let institution: string;

beforeAll(async () => {
  hub = await startSystem();
  const [resident] = await hub.rows(
    'population',
    `select id_number, phone from resident where phone is not null limit 1`,
  );
  [person, phone] = [resident!['id_number'] as string, resident!['phone'] as string];
  const [held] = await hub.rows(
    'licence',
    `select certificate_number from certificate where holder_kind = 'RESIDENT' limit 1`,
  );
  certificate = held!['certificate_number'] as string;
  const [owned] = await hub.rows('legal-entity', `select credit_code from institution limit 1`);
  institution = owned!['credit_code'] as string;
}, 120_000);
afterAll(() => hub.stop(), 60_000);
beforeEach(() => hub.forget());

const asked = () => [...new Set(hub.received.flatMap(({ fields }) => fields))];
const codesOf = ({ errors = [] }: Reply) => errors.map(({ extensions }) => extensions['code']);
/** Asks as the tax department, which has no grant for what it asks. */
const tax = (query: string, options: AskOptions = {}) => hub.ask('tax-app', query, options);

describe('a denied field is not asked of its provider', () => {
  const CASES: Record<string, [query: string, variables?: Record<string, unknown>]> = {
    'under an alias': ['query ($id: String!) { resident(idNumber: $id) { name: phone } }'],
    'under the alias of its key': ['query ($id: String!) { resident(idNumber: $id) { idNumber: phone } }'],
    'in a fragment': ['query ($id: String!) { resident(idNumber: $id) { ...P } } fragment P on Resident { phone }'],
    'in nested fragments with conditions': [
      'query ($id: String!, $on: Boolean!) { resident(idNumber: $id) { ... @include(if: $on) { ... on Resident { ... on Party { phone } } } } }',
      { on: true },
    ],
    'through an interface': ['query ($id: String!) { party(identifier: $id) { phone } }'],
    'through an interface, narrowed to a type': [
      'query ($id: String!) { party(identifier: $id) { ... on Resident { phone } } }',
    ],
    'from a type, widened to an interface': [
      'query ($id: String!) { resident(idNumber: $id) { ... on Party { phone } } }',
    ],
    'on a second path': ['query ($code: String!) { institution(creditCode: $code) { legalRepresentative { phone } } }'],
    'beside an allowed field of the same record': [
      'query ($id: String!) { resident(idNumber: $id) { name phone division { name } } }',
    ],
    'in one of several operations': [
      'query A($id: String!) { resident(idNumber: $id) { phone } } query B($id: String!) { resident(idNumber: $id) { name } }',
    ],
  };
  for (const [name, [query, variables]] of Object.entries(CASES)) {
    it(name, async () => {
      const reply = await tax(query, {
        variables: { id: person, code: institution, ...variables },
        ...(query.startsWith('query A') && { operationName: 'A' }),
      });
      expect(reply.status).toBe(200);
      expect(codesOf(reply)).toEqual(['PURPOSE_REQUIRED']);
      expect(reply.text).not.toContain(phone);
      expect(asked().filter((field) => field.endsWith('.phone'))).toEqual([]);
    });
  }

  it('through a union, whose members are refused with the field that leads there', async () => {
    const query = `query ($number: String!) { certificate(certificateNumber: $number) { kind holder { ... on Resident { phone name } } } }`;
    const reply = await tax(query, { variables: { number: certificate } });
    expect(reply.data!['certificate']).toEqual({ kind: expect.any(String), holder: null });
    expect(codesOf(reply)).toEqual(['PURPOSE_REQUIRED']);
    expect(asked()).not.toContain('Certificate.holder');
  });

  it('in the payload of a mutation', async () => {
    const ending = await tax(`mutation { suspendGrant(id: "D-0001", reason: "x") { grant { id } refusal { code } } }`);
    expect(ending.data!['suspendGrant']).toEqual({ grant: null, refusal: { code: 'GRANT_UNKNOWN' } });
    const reply = await tax(`mutation { suspendDepartment(code: "housing") { department { code } } }`);
    expect(codesOf(reply)).toEqual(['OPERATION_DENIED']);
    const [row] = await hub.rows('governance', `select suspended from share_grant where id = 'D-0001'`);
    expect(row!['suspended']).toBe(false);
  });

  it('is not said to be refused where @skip leaves it out', async () => {
    const reply = await tax(
      'query ($id: String!, $off: Boolean!) { resident(idNumber: $id) { name phone @skip(if: $off) } }',
      {
        variables: { id: person, off: true },
      },
    );
    expect(reply.errors).toBeUndefined();
    expect(Object.keys(reply.data!['resident'])).toEqual(['name']);
  });
});

describe('a denied item cannot be probed', () => {
  const PROBES: Record<string, [query: string, variables: () => Record<string, unknown>]> = {
    'by a filter': ['query { residents(phone: "PHONE") { nodes { name } } }', () => ({})],
    'by a filter in a variable': [
      'query ($p: String) { residents(phone: $p) { nodes { name } } }',
      () => ({ p: phone }),
    ],
    'by an order argument': ['query { residents(order: { phone: ASC }) { nodes { name } } }', () => ({})],
    'by an order argument in a variable': [
      'query ($o: ResidentOrder) { residents(order: $o) { nodes { name } } }',
      () => ({ o: { phone: 'ASC' } }),
    ],
    'by a default of a variable': [
      'query ($o: ResidentOrder = { phone: ASC }) { residents(order: $o) { nodes { name } } }',
      () => ({}),
    ],
    'by the holder of a certificate': ['query { certificates(holder: "PERSON") { nodes { kind } } }', () => ({})],
  };
  for (const [name, [query, variables]] of Object.entries(PROBES)) {
    it(name, async () => {
      const text = query.replace('PHONE', phone).replace('PERSON', person);
      const reply = await tax(text, { variables: variables() });
      expect(Object.values(reply.data!)).toEqual([null]);
      expect(codesOf(reply)).toEqual(['PURPOSE_REQUIRED']);
      expect(hub.received).toEqual([]);
    });
  }

  it('a variable that is not given filters by nothing, and is no reason to refuse', async () => {
    const reply = await tax(
      'query ($p: String, $o: ResidentOrder) { residents(first: 1, phone: $p, order: $o) { nodes { name } } }',
    );
    expect(reply.errors).toBeUndefined();
  });

  it('no difference is shown between a record that exists and one that does not', async () => {
    const read = async (id: string) => {
      const { status, data, errors } = await tax(
        'query ($id: String!) { pensionInsurance(idNumber: $id) { accountBalance } }',
        {
          variables: { id },
        },
      );
      return { status, data, codes: errors?.map(({ extensions, path }) => [extensions['code'], path]) };
    };
    expect(await read(person)).toEqual(await read('33010619000101005X'));
  });
});

describe('a client alias reaches no key and no input of another field', () => {
  it('never fetches another record', async () => {
    const [other] = await hub.rows(
      'population',
      `select id_number, name from resident where id_number <> '${person}' limit 1`,
    );
    const reply = await hub.ask(
      'housing-app',
      `query ($id: String!) { resident(idNumber: $id) { idNumber: name pensionInsurance { insuranceNumber: status } } me: resident(idNumber: $id) { name } }`,
      { scenario: 'public-rental-review', variables: { id: person } },
    );
    expect(reply.errors).toBeUndefined();
    expect(reply.data!['resident'].idNumber).toBe(reply.data!['me'].name);
    expect(reply.text).not.toContain(other!['id_number']);
  });

  it('never feeds a computed field', async () => {
    const query = (alias: string) =>
      `query ($id: String!) { resident(idNumber: $id) { ${alias} livingAllowanceEligible } }`;
    const ask = (alias: string) =>
      hub.ask('housing-app', query(alias), { scenario: 'public-rental-review', variables: { id: person } });
    const plain = await ask('name');
    const forged = await ask('annualIncome: pensionInsurance { monthsPaid }');
    expect(forged.data!['resident'].livingAllowanceEligible).toBe(plain.data!['resident'].livingAllowanceEligible);
    expect(forged.errors).toBeUndefined();
  });

  it('`__proto__` is a name like any other', async () => {
    const reply = await tax('query ($id: String!) { resident(idNumber: $id) { constructor: name toString: sex } }', {
      variables: JSON.parse(`{ "id": ${JSON.stringify(person)}, "__proto__": { "id": "x" } }`),
    });
    expect(reply.errors).toBeUndefined();
    expect(Object.keys(reply.data!['resident'])).toEqual(['constructor', 'toString']);
  });
});

describe('a changed grant', () => {
  it('changes the answer of an operation whose plan is cached', async () => {
    const query = `{ residents(first: 1) { nodes { name phone } } }`;
    const options = { scenario: 'arrears-recovery' };
    for (let i = 0; i < 3; i++) expect(codesOf(await tax(query, options))).toEqual(['GRANT_SUSPENDED']);
    const resume = `mutation { resumeGrant(id: "D-0003") { grant { id } } }`;
    await hub.ask('data-bureau-console', resume, { person: 'wang.min' });
    expect(codesOf(await tax(query, options))).toEqual([]);
    hub.forget();
    await hub.ask('data-bureau-console', `mutation { suspendGrant(id: "D-0003", reason: "x") { grant { id } } }`);
    hub.forget();
    expect(codesOf(await tax(query, options))).toEqual(['GRANT_SUSPENDED']);
    expect(asked()).not.toContain('Resident.phone');
  });
});
