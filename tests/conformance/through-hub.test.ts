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
  hub = await startSystem({}, 20);
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
    expect(naming.toSorted()).toEqual(['changeApplication', 'sealUses', 'startApplication']);
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
