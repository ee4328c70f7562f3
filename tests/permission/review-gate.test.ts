import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { resolveItemsInForce } from '../../gateway/permission/items-in-force.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { buildConsumerSchema } from '../../gateway/supergraph/build-consumer-schema.js';
import type { GovernanceSnapshot, PublishedItems } from '../../shared/read-model/read-model.js';
import type { ShareType } from '../../shared/kernel/index.js';
import { buildShareIndex } from '../../shared/share/build-share-index.js';
import { projectRoot } from '../../shared/share/directive-definitions.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { readSdlCatalogue } from '../../subgraphs/governance/catalogue/publish/sdl-catalogue.js';
import { SUBGRAPH_NAMES } from '../../subgraphs/index.js';
import { TestDecider, grant, snapshotOf } from './support/test-decider.js';
import { showsPartOf } from '../conformance/shows.js';

const SUBGRAPHS = SUBGRAPH_NAMES.map((name) => ({
  name,
  url: `http://127.0.0.1/${name}`,
  sdl: readFileSync(join(projectRoot(), 'schema', 'subgraphs', `${name}.graphql`), 'utf8'),
}));
const schema = buildConsumerSchema(composeGraph(SUBGRAPHS).publicSdl);
const shares = SUBGRAPHS.map(({ name, sdl }) => readSubgraphShares(name, parse(sdl)));
const { index } = buildShareIndex(schema, shares);
const stated = new Map(
  SUBGRAPHS.flatMap(({ name, sdl }) =>
    readSdlCatalogue(name, sdl).resources.flatMap(({ items }) =>
      items.map(({ coordinate, provider, shareType }) => [coordinate as string, { provider, shareType }] as const),
    ),
  ),
);
const testDecider = new TestDecider({ schema, index } as ConstructorParameters<typeof TestDecider>[0]);

const without = (...coordinates: string[]): PublishedItems =>
  new Map([...stated].filter(([at]) => !coordinates.includes(at)));
const as = (at: string, shareType: ShareType): PublishedItems =>
  new Map([...stated, [at, { ...stated.get(at)!, shareType }]]);
const under = (
  published: PublishedItems | undefined,
  ...grants: Parameters<typeof snapshotOf>[0]
): GovernanceSnapshot => ({
  ...snapshotOf(grants),
  ...(published && { published }),
});
const QUERY = '{ resident(idNumber: "x") { name phone certificates { kind } } }';
const refused = async (snapshot: GovernanceSnapshot, department = 'tax', query = QUERY) =>
  (await testDecider.ask(query, { snapshot, department })).refused;

describe('an item that no published entry has', () => {
  it('is refused to everybody, whatever its SDL states and whatever was granted (YN-9a)', async () => {
    showsPartOf('YN-9a');
    const granted = grant(['Resident.phone']);
    expect(await refused(under(without('Resident.name', 'Resident.phone'), granted))).toEqual({
      'resident.name': 'NOT_PUBLISHED',
      'resident.phone': 'NOT_PUBLISHED',
      'resident.certificates': 'GRANT_REQUIRED',
    });
    const { messages } = await testDecider.ask(QUERY, { snapshot: under(without('Resident.name'), granted) });
    expect(messages[0]).toContain('姓名 (Resident.name) is in no published entry of the catalogue');
  });

  it('is its own provider’s still', async () => {
    expect(await refused(under(without('Resident.name', 'Resident.phone')), 'public-security')).toEqual({
      'resident.certificates': 'GRANT_REQUIRED',
    });
  });

  it('closes what filters by it, and what is under it', async () => {
    const snapshot = under(without('Resident.phone', 'Enterprise.name'));
    expect(await refused(snapshot, 'tax', '{ residents(phone: "1") { nodes { name } } }')).toEqual({
      residents: 'NOT_PUBLISHED',
    });
    expect(await refused(snapshot, 'tax', '{ party(identifier: "x") { name } }')).toEqual({
      'party.name': 'NOT_PUBLISHED',
    });
  });

  it('is given once its entry is published, and refused again when that is taken back: nothing old is remembered', async () => {
    const granted = grant(['Resident.phone', 'Resident.certificates']);
    expect(await refused(under(without('Resident.phone'), granted))).toEqual({ 'resident.phone': 'NOT_PUBLISHED' });
    const whole = under(stated, granted);
    expect(await refused(whole)).toEqual({});
    expect(await refused(whole)).toEqual({});
    expect(await refused({ ...whole, published: without('Resident.name') })).toEqual({
      'resident.name': 'NOT_PUBLISHED',
    });
  });
});

describe('where SDL and catalogue differ', () => {
  it('the stricter holds', async () => {
    expect(await refused(under(as('Resident.name', 'CONDITIONAL')))).toMatchObject({
      'resident.name': 'GRANT_REQUIRED',
    });
    expect(await refused(under(as('Resident.name', 'CONDITIONAL'), grant(['Resident.name'])))).not.toHaveProperty([
      'resident.name',
    ]);
    expect(await refused(under(as('Resident.name', 'NOT_SHARED'), grant(['Resident.name'])))).toMatchObject({
      'resident.name': 'NOT_SHARED',
    });
    expect(await refused(under(as('Resident.phone', 'UNCONDITIONAL')))).toMatchObject({
      'resident.phone': 'GRANT_REQUIRED',
    });
  });

  it('on whose an item is, nobody is given it', async () => {
    const foreign: PublishedItems = new Map([
      ...stated,
      ['Resident.phone', { provider: 'tax', shareType: 'CONDITIONAL' }],
    ]);
    for (const department of ['tax', 'public-security'])
      expect(await refused(under(foreign), department)).toMatchObject({ 'resident.phone': 'NOT_PUBLISHED' });
  });

  it('on whose an item is, nobody is given it, also where the subgraph is called like the provider it names', () => {
    const item = { ...index.byCoordinate.get('Resident.phone')!, source: 'police', provider: 'police' };
    const entries: PublishedItems = new Map([['Resident.phone', { provider: 'tax', shareType: 'CONDITIONAL' }]]);
    const inForce = (...named: string[]) =>
      resolveItemsInForce({ items: [item], namedProviders: new Map([['police', new Set(named)]]) }, entries)[0]!;
    expect(inForce('police')).toMatchObject({ published: false, shareType: 'NOT_SHARED', owner: undefined });
    expect(inForce()).toBe(item);
  });
});

describe('the demo', () => {
  it('has an entry for every item that needs one, so that all of it can be published', () => {
    const needing = index.items.filter(({ entry }) => entry).map(({ coordinate }) => coordinate as string);
    expect(needing.filter((at) => !stated.has(at))).toEqual([]);
    expect(needing.length).toBeGreaterThan(150);
  });

  it('is decided the same with all of it published and without a review', async () => {
    const granted = grant(['Resident.phone']);
    for (const department of ['tax', 'public-security', 'data-bureau'])
      expect(await refused(under(stated, granted), department)).toEqual(
        await refused(under(undefined, granted), department),
      );
  });
});
