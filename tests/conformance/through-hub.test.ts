import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { buildSchema, getNamedType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { readCataloguePages } from '../../cli/catalogue/catalogue-pages.js';
import { CATALOGUES, toCatalogueLines } from '../../cli/catalogue/catalogue-text.js';
import { linesOf } from '../../cli/list/list-text.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { shows, showsPartOf } from './shows.js';

let hub: System;
beforeAll(async () => {
  hub = await startSystem({}, 60);
}, 60_000);
afterAll(() => hub.stop(), 60_000);

const PHONES = '{ residents(first: 1) { nodes { name phone registeredAddress } } }';

describe('data that was granted for one purpose', () => {
  it('is refused for another, and that is on record (HZ-3.4c, QZ-5.3a, QZ-5.3c, CZ-13c, CZ-13e, JL-24d, JL-24f)', async () => {
    shows('HZ-3.4c', 'QZ-5.3a', 'QZ-5.3c', 'CZ-13c', 'CZ-13e', 'JL-24d', 'JL-24f');
    const granted = await hub.ask('housing-app', PHONES, { scenario: 'public-rental-review' });
    expect(granted.data!['residents'].nodes[0].registeredAddress).toEqual(expect.any(String));
    const other = await hub.ask('housing-app', PHONES, { scenario: 'talent-housing' });
    expect(other.data!['residents'].nodes[0].registeredAddress).toBeNull();
    const record = (await hub.records()).find(({ requestId }) => requestId === other.headers.get('x-request-id'));
    expect(record).toMatchObject({ department: 'housing', scenario: 'talent-housing', outcome: 'partial' });
    expect(JSON.stringify(record!.denied)).toContain('Resident.registeredAddress');
  });

  it('is refused for another with the way to apply for it, and no operation gives a grant another purpose (YN-32c)', async () => {
    showsPartOf('YN-32c');
    const { errors } = await hub.ask('housing-app', PHONES, { scenario: 'talent-housing' });
    const denial = errors!.find(({ path = [] }) => path.includes('registeredAddress'))!;
    expect(denial.extensions['apply']).toMatchObject({
      mutation: 'startApplication',
      input: { scenario: 'talent-housing', coordinates: ['Resident.registeredAddress'] },
    });
    const schema = buildSchema(await readFile('schema/subgraphs/governance.graphql', 'utf8'), { assumeValidSDL: true });
    const naming = Object.values(schema.getMutationType()!.getFields())
      .filter(({ args }) => args.some(({ type }) => namesScenario(type)))
      .map(({ name }) => name);
    // A query that is kept names a purpose; it gives none.
    expect(naming.toSorted()).toEqual(['changeApplication', 'saveQuery', 'sealUses', 'startApplication']);
  });

  it('is that and no more: a field outside of the grant is denied, and that is on record (HZ-3.4b, HZ-3.5a, CZ-8d, CZ-13a, YN-4b)', async () => {
    shows('HZ-3.4b', 'HZ-3.5a', 'CZ-8d', 'CZ-13a', 'YN-4b');
    const reply = await hub.ask('tax-app', PHONES, { scenario: 'tax-credit-review' });
    expect(reply.data!['residents'].nodes[0]).toMatchObject({ name: expect.any(String), registeredAddress: null });
    const denial = reply.errors!.find(({ path = [] }) => path.includes('registeredAddress'))!;
    expect(denial.extensions['code']).toBe('GRANT_REQUIRED');
    const record = (await hub.records()).find(({ requestId }) => requestId === reply.headers.get('x-request-id'));
    expect(JSON.stringify(record!.denied)).toContain('Resident.registeredAddress');
  });
});

describe('an item that is not shared', () => {
  const INCOMES = `{ statisticsResident(by: [SEX], measures: [ANNUAL_INCOME]) {
    cells { sex count annualIncomeSum } suppressedCells suppressionReason snapshot countError95 countErrorMax additive cost budgetLeft
    measures { item bound sumErrorMax } } }`;

  it('is counted by a grant for that, within the stated errors, and nobody reads it (QZ-5.4d, QZ-5.4f, CZ-11l)', async () => {
    showsPartOf('QZ-5.4d', 'QZ-5.4f', 'CZ-11l');
    const scenario = 'public-rental-review';
    const read = await hub.ask('housing-app', '{ residents(first: 1) { nodes { annualIncome } } }', { scenario });
    expect(read.data!['residents'].nodes).toEqual([{ annualIncome: null }]);
    expect(read.errors![0]!.extensions['code']).toBe('NOT_SHARED');
    const { data, errors, headers } = await hub.ask('housing-app', INCOMES, { scenario });
    expect(errors).toBeUndefined();
    const truth = await hub.rows(
      'population',
      'select sex, count(*)::int, sum(annual_income)::int from resident group by sex',
    );
    const { cells, measures, ...rest } = data!['statisticsResident'];
    expect(rest).toMatchObject({ suppressedCells: 0, countError95: 6, countErrorMax: 10, additive: false, cost: 4 });
    expect(measures).toEqual([{ item: 'annualIncome', bound: 300_000, sumErrorMax: 910_000 }]);
    for (const { sex, count, annualIncomeSum } of cells) {
      const row = truth.find((each) => each['sex'] === sex)!;
      expect(Math.abs(count - row['count'])).toBeLessThanOrEqual(10);
      expect(Math.abs(annualIncomeSum - row['sum'])).toBeLessThanOrEqual(910_000);
    }
    const record = (await hub.records()).find(({ requestId }) => requestId === headers.get('x-request-id'));
    expect(record).toMatchObject({ department: 'housing', mode: 'STATISTICS', outcome: 'answered' });
  });

  it('is not counted without one, nor by one for its values, and the refusal says how to apply (QZ-5.4e)', async () => {
    shows('QZ-5.4e');
    hub.forget();
    for (const [system, scenario, code] of [
      ['tax-app', 'tax-credit-review', 'GRANT_REQUIRED'],
      ['housing-app', undefined, 'PURPOSE_REQUIRED'],
    ] as const) {
      const { data, errors } = await hub.ask(system, INCOMES, { ...(scenario && { scenario }) });
      expect(data).toEqual({ statisticsResident: null });
      expect(errors).toHaveLength(1);
      expect(errors![0]!.extensions['code']).toBe(code);
      if (scenario)
        expect(errors![0]!.extensions['apply']).toMatchObject({
          mutation: 'startApplication',
          input: { mode: 'STATISTICS', coordinates: ['Resident.annualIncome'] },
        });
    }
    expect(hub.received).toEqual([]);
  });

  it('is refused by name where the question is too large', async () => {
    const ask = async (args: string) => {
      const { errors } = await hub.ask('tax-app', `{ statisticsResident(${args}) { cells { count } } }`);
      return errors?.map(({ extensions }) => extensions['code']);
    };
    expect(await ask('by: [DIVISION_TOWNSHIP]')).toEqual(['STATISTICS_TOO_MANY_CELLS']);
    expect(await ask('by: [SEX, BIRTH_DATE, DIVISION_CITY], where: { division: "33" }')).toEqual(undefined);
  });
});

describe('a department that keeps records of its own', () => {
  it('compares them with another department’s through the hub, and sees none of its values (HZ-8.6a)', async () => {
    showsPartOf('HZ-8.6a', 'QZ-5.7');
    const [one, other] = await hub.rows(
      'population',
      'select id_number, name from resident order by id_number limit 2',
    );
    const rows = [
      { idNumber: one!['id_number'], claims: { name: one!['name'] } },
      { idNumber: other!['id_number'], claims: { name: '另有其人' } },
    ];
    const query = 'query ($rows: [ResidentClaimRow!]!) { verifyResidentBatch(rows: $rows) { outcome } }';
    const { data, errors, text } = await hub.ask('housing-app', query, { variables: { rows } });
    expect(errors).toBeUndefined();
    expect(data!['verifyResidentBatch']).toEqual([{ outcome: 'MATCH' }, { outcome: 'NOT_CONFIRMED' }]);
    expect(text).not.toContain(other!['name']);
  });
});

describe('a dashboard over unconditional items', () => {
  const divisions = ['330102', '330105', '330106', '330108'];

  it('gets four numbers without a grant in one request, and its record names no person', async () => {
    const fields = divisions.map((code) => `d${code}: residents(first: 1, division: "${code}") { totalCount }`);
    const { data, errors, headers } = await hub.ask('tax-app', `{ ${fields.join(' ')} }`);
    expect(errors).toBeUndefined();
    for (const code of divisions) {
      const [row] = await hub.rows(
        'population',
        `select count(*)::int from resident where division_code like '${code}%'`,
      );
      expect(data![`d${code}`]).toEqual({ totalCount: row!['count'] });
    }
    const record = (await hub.records()).find(({ requestId }) => requestId === headers.get('x-request-id'));
    expect(record).toMatchObject({ department: 'tax', outcome: 'answered', subjects: [] });
    expect(JSON.stringify(record)).toContain('Resident.division');
    const grouped = await hub.ask('tax-app', '{ statisticsResident(by: [SEX]) { cells { sex count } } }');
    expect(grouped.errors).toBeUndefined();
    expect(grouped.data!['statisticsResident'].cells).toHaveLength(2);
  });

  it('gets no number by an item that it may not read', async () => {
    for (const args of ['phone: "13800000000"', 'order: { phone: ASC }']) {
      const { data, errors } = await hub.ask('tax-app', `{ residents(${args}) { totalCount } }`);
      expect([data, errors!.map(({ extensions }) => extensions['code'])]).toEqual([
        { residents: null },
        ['PURPOSE_REQUIRED'],
      ]);
    }
  });
});

const namesScenario = (type: GraphQLInputType): boolean => {
  const named = getNamedType(type);
  return isInputObjectType(named) && 'scenario' in named.getFields();
};

describe('the catalogue', () => {
  it('has a code, a department and a time for each entry that is registered (QZ-4.2b)', async () => {
    shows('QZ-4.2b');
    showsPartOf('HZ-5.1c');
    const { data } = await hub.ask(
      'tax-app',
      '{ catalogueResources(first: 100) { nodes { code provider updatedAt publishedAt } } }',
    );
    const entries = data!['catalogueResources'].nodes as Loose[];
    expect(entries.length).toBeGreaterThan(5);
    for (const entry of entries)
      expect(entry).toEqual({
        code: expect.stringMatching(/^(\d+|interface)\//),
        provider: expect.stringMatching(/./),
        updatedAt: expect.stringMatching(/^\d{4}-/),
        publishedAt: expect.stringMatching(/^\d{4}-/),
      });
  });

  it('is searched by words, tells whose each entry is and how it is had, and an application begins with what was found (HZ-8.3a, HZ-8.3b, CZ-4c)', async () => {
    shows('HZ-8.3a', 'HZ-8.3b');
    showsPartOf('CZ-4c');
    const search = `{ searchCatalogue(text: "户籍地址") { nodes { item { coordinate name } resource { code name provider method } } } }`;
    const found = await hub.ask('tax-app', search);
    const [hit] = found.data!['searchCatalogue'].nodes as Loose[];
    expect(hit).toMatchObject({
      item: { coordinate: 'Resident.registeredAddress' },
      resource: { provider: 'public-security', method: expect.any(String) },
    });
    const query = `mutation ($input: ApplicationInput!) { startApplication(input: $input) {
      application { id state form { coordinates } } refusal { code } } }`;
    const input = { coordinates: [hit.item.coordinate], mode: 'QUERY' };
    const begun = await hub.ask('tax-app', query, { variables: { input } });
    expect(begun.data!['startApplication']).toMatchObject({
      application: { state: 'DRAFT', form: { coordinates: ['Resident.registeredAddress'] } },
      refusal: null,
    });
  });

  it('is written whole as two catalogues of the same entries, of data and of sharing and opening (HZ-4.2b, CZ-7c)', async () => {
    shows('HZ-4.2b', 'CZ-7c');
    const written: Record<string, string[]> = { data: [], sharing: [] };
    const ask = (query: string, variables: Record<string, unknown>) => hub.ask('tax-app', query, { variables });
    for await (const entries of readCataloguePages(ask))
      for (const name of ['data', 'sharing'] as const)
        written[name]!.push(...linesOf('ndjson', toCatalogueLines(name, entries), CATALOGUES[name]).trim().split('\n'));
    const [data, sharing] = ['data', 'sharing'].map((name) =>
      written[name]!.filter((line) => line !== '').map((line) => JSON.parse(line)),
    );
    const rows = await hub.governance.query<Loose>(
      `select coordinate, share_type from published_item where resource ~ '^[0-9]' order by coordinate`,
    );
    const coordinates = (lines: Loose) => lines.map(({ coordinate }: Loose) => coordinate).toSorted();
    expect(coordinates(data)).toEqual(coordinates(rows.rows).toSorted());
    expect(data).toContainEqual(expect.objectContaining({ coordinate: 'Resident.annualIncome', dataType: 'I' }));
    expect(coordinates(sharing)).not.toContain('Resident.annualIncome');
    expect(sharing).toContainEqual(
      expect.objectContaining({ coordinate: 'Resident.phone', shareType: 'CONDITIONAL', provider: 'public-security' }),
    );
  });
});
