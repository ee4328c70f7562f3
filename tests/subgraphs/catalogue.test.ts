import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { composeServices } from '@theguild/federation-composition';
import fc from 'fast-check';
import { parse, type GraphQLSchema } from 'graphql';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { buildConsumerSchema } from '../../gateway/supergraph/build-consumer-schema.js';
import { readPublishers } from '../../shared/config/read-publishers.js';
import { creditCode, isCreditCode } from '../../shared/kernel/credit-code.js';
import { identityNumber, isIdentityNumber } from '../../shared/kernel/identity-number.js';
import { divisions } from '../../shared/sample/divisions.js';
import { sampleEnterprise, sampleInstitution } from '../../shared/sample/organisation.js';
import { samplePerson } from '../../shared/sample/person.js';
import { buildShareIndex } from '../../shared/share/build-share-index.js';
import { projectRoot } from '../../shared/share/directive-definitions.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import type { ShareIndex, ShareProblem } from '../../shared/share/share-index.js';
import { publishedSchemas } from '../../subgraphs/emit-schemas.js';
import { SUBGRAPH_NAMES, SUBGRAPHS } from '../../subgraphs/index.js';

let published: Awaited<ReturnType<typeof publishedSchemas>>;
let supergraphSdl: string;
let schema: GraphQLSchema;
let index: ShareIndex;
let problems: readonly ShareProblem[];

beforeAll(async () => {
  published = await publishedSchemas();
  const subgraphs = [...published].map(([name, sdl]) => ({ name, url: `http://127.0.0.1/${name}`, sdl }));
  const graph = composeGraph(subgraphs);
  ({ supergraphSdl } = graph);
  schema = buildConsumerSchema(graph.publicSdl);
  ({ index, problems } = buildShareIndex(
    schema,
    subgraphs.map(({ name, sdl }) => readSubgraphShares(name, parse(sdl))),
    { trust: { ...readPublishers(join(projectRoot(), 'schema', 'publishers.yaml')), now: Date.now() } },
  ));
});

const item = (coordinate: string) => index.byCoordinate.get(coordinate);

describe('the published schemas', () => {
  it.each(SUBGRAPH_NAMES)('of %s is the committed one; `npm run emit` writes it again', (name) => {
    const committed = readFileSync(join(projectRoot(), 'schema', 'subgraphs', `${name}.graphql`), 'utf8');
    expect(published.get(name)).toBe(committed);
  });

  it('give every item a share type with its basis, every basic item unconditional, every item one source', () => {
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  });

  it('name the department that provides each resource, and each resource once', () => {
    expect(index.resources.filter((resource) => resource.provider === resource.subgraph)).toEqual([]);
    const codes = index.resources.map((resource) => resource.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('hold unconditional basic items, conditional and not-shared ones in each library', () => {
    for (const library of ['POPULATION', 'LEGAL_ENTITY', 'GEOGRAPHY', 'LICENCE', 'SOCIAL_SECURITY']) {
      const items = index.items.filter((one) => one.resource?.library === library);
      expect(items.some((one) => one.basic)).toBe(true);
      expect(new Set(items.map((one) => one.shareType))).toEqual(
        new Set(['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED']),
      );
      expect(items.filter((one) => one.shareType !== 'UNCONDITIONAL' && one.basis.length === 0)).toEqual([]);
    }
  });

  it('make an interface’s field as restricted as its strictest implementation, and free the consented derivation only', () => {
    expect(item('Enterprise.phone')?.shareType).toBe('UNCONDITIONAL');
    expect(item('Party.phone')?.shareType).toBe('CONDITIONAL');
    expect(item('Resident.livingAllowanceEligible')).toMatchObject({ shareType: 'CONDITIONAL', needs: [] });
    const unconsented = buildShareIndex(
      schema,
      [...published].map(([name, sdl]) => readSubgraphShares(name, parse(sdl))),
    ).index;
    expect(unconsented.byCoordinate.get('Resident.livingAllowanceEligible')).toMatchObject({
      shareType: 'NOT_SHARED',
      needs: ['Resident.annualIncome'],
    });
  });

  it('have a title for every item, as a catalogue does', () => {
    const ownItems = index.items.filter((one) => one.resource);
    expect(ownItems.filter((one) => !/\p{Script=Han}/u.test(one.title)).map((one) => one.coordinate)).toEqual([]);
  });

  it('give no value under a type that cannot be null where a grant may refuse it', () => {
    const refused = index.items.filter((one) => one.shareType !== 'UNCONDITIONAL');
    expect(refused.length).toBeGreaterThan(30);
    for (const [name, sdl] of published) {
      const fields = readSubgraphShares(name, parse(sdl)).fields.filter((field) => !field.key);
      const text = sdl.replaceAll(/"""[^]*?"""/g, '');
      for (const { coordinate } of fields) {
        const [type, field] = coordinate.split('.') as [string, string];
        if (!refused.some((one) => one.coordinate === coordinate)) continue;
        const body = new RegExp(`(?:type|interface) ${type}\\b[^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? '';
        expect(`${coordinate}: ${new RegExp(`\\b${field}(?:\\([^)]*\\))?: (\\S+)`).exec(body)?.[1]}`).not.toMatch(/!$/);
      }
    }
  });

  it('compose as they are, share directives and all, and can be planned across all subgraphs', () => {
    const services = [...published].map(([name, sdl]) => ({ name, url: '', typeDefs: parse(sdl) }));
    expect(composeServices(services).errors).toBeUndefined();
    const query = `{ resident(idNumber: "x") {
      name division { fullName } livingAllowanceEligible pensionInsurance { employer { name certificates { kind } } }
      certificates { holder { ... on Resident { name } ... on Institution { purpose } } } enterprises { name }
    } }`;
    const plan = JSON.stringify(loadGraph(supergraphSdl).plan(query));
    for (const name of SUBGRAPH_NAMES.filter((one) => one !== 'governance')) expect(plan).toContain(`"${name}"`);
  });
});

describe('statutory identifiers', () => {
  const county = fc.constantFrom('330106', '110101', '650102', '460107');

  it('accept the standards’ own examples and refuse every changed character', () => {
    expect(['11010519491231002X', '440524188001010014'].every(isIdentityNumber)).toBe(true);
    expect(['91110000802100433B', '914403001922038216'].every(isCreditCode)).toBe(true);
  });

  it('are refused when a digit is wrong, a date is not real or the length is', () => {
    expect(
      ['11010519491231002x', '110105194912310021', '110105194902300020', '1101051949123100', ''].some(isIdentityNumber),
    ).toBe(false);
    fc.assert(
      fc.property(
        county,
        fc.integer({ min: 1, max: 999 }),
        fc.nat(16),
        fc.integer({ min: 1, max: 9 }),
        (at, serial, digit, by) => {
          const number = identityNumber(at, '19800229', serial);
          const changed = [...number].map((c, i) => (i === digit ? String((Number(c) + by) % 10) : c)).join('');
          return isIdentityNumber(number) && !isIdentityNumber(changed);
        },
      ),
    );
    fc.assert(
      fc.property(county, fc.integer({ min: 0, max: 99_999_999 }), fc.nat(17), (at, serial, digit) => {
        const code = creditCode('91', at, String(serial).padStart(8, '0'));
        const changed = [...code].map((c, i) => (i === digit ? (c === '7' ? '8' : '7') : c)).join('');
        return isCreditCode(code) && !isCreditCode(changed);
      }),
    );
  });

  it('of generated persons and organisations are valid, unique, and place them in real divisions', () => {
    const real = new Set(divisions().map((division) => division.code));
    const people = Array.from({ length: 10_000 }, (_, at) => samplePerson(at * 100));
    expect(new Set(people.map((person) => person.idNumber)).size).toBe(people.length);
    const wrong = people.filter(
      ({ idNumber, birthDate, sex, township }) =>
        !isIdentityNumber(idNumber) ||
        idNumber.slice(6, 14) !== birthDate.replaceAll('-', '') ||
        (Number(idNumber[16]) % 2 === 1) !== (sex === 'MALE') ||
        !idNumber.startsWith(township.code.slice(0, 6)) ||
        !real.has(township.code),
    );
    expect(wrong).toEqual([]);
    const organisations = Array.from({ length: 2_000 }, (_, at) => [sampleEnterprise(at * 50), sampleInstitution(at)]);
    const bad = organisations
      .flat()
      .filter((one) => !isCreditCode(one.creditCode) || !isIdentityNumber(one.legalRepresentative));
    expect(bad).toEqual([]);
  });
});

describe('the divisions of China', () => {
  it('are all there: 31 provinces, 342 cities, 2,978 counties, 41,352 townships, each below its parent', () => {
    const count = (level: string) => divisions().filter((division) => division.level === level).length;
    expect(['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'].map(count)).toEqual([31, 342, 2_978, 41_352]);
    expect(divisions().every(({ code, parent }) => code.startsWith(parent ?? ''))).toBe(true);
  });
});

it('loads each subgraph by its name', async () => {
  for (const name of SUBGRAPH_NAMES) expect((await SUBGRAPHS[name]()).subgraph.name).toBe(name);
});
