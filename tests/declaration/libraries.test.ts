import { describe, expect, it } from '@jest/globals';
import { checkShares } from '../../cli/check-graph.js';
import {
  composeGraph,
  loadSubgraphs,
  readSupergraphConfig,
  type ComposedGraph,
  type LoadedSubgraph,
} from '../../gateway/supergraph/index.js';
import { readPublishers } from '../../shared/config/read-publishers.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import { parseDeclaration, tableSpecs, type Declaration } from '../../shared/declaration/index.js';
import { isCreditCode } from '../../shared/kernel/credit-code.js';
import { isIdentityNumber } from '../../shared/kernel/identity-number.js';
import { PROFILE_NAMES, readProfile } from '../../shared/law/index.js';
import { divisions } from '../../shared/sample/divisions.js';
import { organisationCount, sampleEnterprise } from '../../shared/sample/organisation.js';
import { samplePerson } from '../../shared/sample/person.js';
import { checkEntry } from '../../subgraphs/governance/catalogue/checks/check-entry.rule.js';
import { readSdlCatalogue } from '../../subgraphs/governance/catalogue/publish/sdl-catalogue.js';
import { LIBRARY_NAMES, loadLibraryRows, readLibrary, type SampleRow } from '../../subgraphs/libraries/index.js';
import { showsPartOf } from '../conformance/shows.js';

const declarationOf = (text: string): Declaration => {
  const { declaration, problems } = parseDeclaration(text);
  if (!declaration) throw new Error(JSON.stringify(problems));
  return declaration;
};
const LIBRARIES = LIBRARY_NAMES.map((name) => {
  const declaration = declarationOf(readLibrary(name));
  return { name, declaration, sdl: buildDeclaredGraph(declaration).built.sdl };
});
const demo = async () =>
  loadSubgraphs(await readSupergraphConfig('supergraph.yaml'), { fetchSdl: () => Promise.reject(new Error('none')) });

let composing: Promise<{ graph: readonly LoadedSubgraph[]; composed: ComposedGraph }> | undefined;
/** The graph of the demo with all libraries, composed once. */
const compose = () =>
  (composing ??= (async () => {
    const libraries = LIBRARIES.map(({ name, sdl }) => ({ name, url: 'http://127.0.0.1/', sdl }));
    const graph = [...(await demo()), ...libraries];
    return { graph, composed: composeGraph(graph) };
  })());

/** Errors of the catalogue's rules for the entries of a schema, as its department would have filled in their forms. */
const entryErrors = (subgraph: string, sdl: string, profile: string): string[] =>
  readSdlCatalogue(subgraph, sdl)
    .resources.filter(({ kind }) => kind === 'DATA')
    .flatMap((resource) =>
      checkEntry(
        {
          ...{ ...resource, abstract: resource.abstract ?? null, creditCode: '91110000802100433B', format: 'DATABASE' },
          ...{ method: 'INTERFACE', shareScope: '各政务部门', openness: 'NOT_OPEN', timeliness: '按更新周期' },
          ...{ opennessBasis: ['个人信息保护法 第十条'], collectionScope: '本市', securityGrade: '2', duty: 'Z-1' },
          ...{ supplement: false, served: true },
          items: resource.items.map((item) => ({ ...item, dataType: 'C', reason: '涉及个人或者组织的权益' })),
        },
        readProfile(profile),
        { neighbours: [], systems: [] },
      ),
    )
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ code, at }) => `${code} ${at}`);

describe('a library of the demo', () => {
  it('is refused with a restricted basic item, a restriction without a law, or without a permit', async () => {
    const spoil = (from: string | RegExp, to: string) => {
      const text = readLibrary('credit');
      expect(text).toMatch(from);
      return buildDeclaredGraph(declarationOf(text.replace(from, to))).built.sdl;
    };
    const restricted = spoil(
      'evaluatedOn: { title: 评价日期, type: Date, required: true, basic: true }',
      'evaluatedOn: { title: 评价日期, type: Date, basic: true, share: { type: CONDITIONAL, condition: 依申请 } }',
    );
    expect(entryErrors('credit', restricted, 'quanzhou')).toEqual(['BASIC_ITEM_RESTRICTED CreditProfile.evaluatedOn']);
    const custom = spoil('政府信息公开条例 第十六条', '行业惯例');
    expect(entryErrors('credit', custom, 'quanzhou')).toEqual(['BASIS_NOT_ACCEPTED CreditProfile.objection']);

    const { graph, composed } = await compose();
    const { problems } = checkShares(graph, composed, readPublishers('schema/publishers.yaml'));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['PUBLISHER_UNKNOWN']));
  });

  it('parses, composes with the demo and all the others, and keeps every share rule', async () => {
    const { graph, composed } = await compose();
    const policy = readPublishers('schema/publishers.yaml');
    const publishers = new Map([
      ...policy.publishers,
      ...LIBRARIES.map(({ declaration: { subgraph, department } }) => [subgraph, [department]] as const),
    ]);
    const { problems, notes } = checkShares(graph, composed, { ...policy, publishers });
    expect(problems).toEqual([]);
    expect(notes.filter(({ subgraph }) => subgraph !== 'governance')).toEqual([]);
  });

  it.each(['quanzhou', 'chenzhou', 'yunnan'])('keeps the rules of the catalogue in %s', (profile) => {
    expect(LIBRARIES.flatMap(({ name, sdl }) => entryErrors(name, sdl, profile))).toEqual([]);
  });

  it.each(LIBRARIES)('$name has items of every share type, in Chinese, and refers to others', ({ declaration }) => {
    const types = Object.values(declaration.types);
    const items = types.flatMap((type) => Object.values(type.items).map((item) => ({ ...item, of: type })));
    const shares = new Set(items.map(({ share, of }) => (share ?? of.share)?.type));
    expect(shares).toEqual(new Set(['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED']));
    for (const { title } of [...types, ...items]) expect(title).toMatch(/\p{Script=Han}/u);
    const isReferredTo = LIBRARIES.some((other) =>
      Object.keys(other.declaration.extends).some((type) => Object.hasOwn(declaration.types, type)),
    );
    const relations = [...types, ...Object.values(declaration.extends)].flatMap((type) => Object.keys(type.relations));
    expect(isReferredTo || relations.length > 0).toBe(true);
  });

  it('stands for each foundational library that a law names, beside the subgraphs of the demo', async () => {
    showsPartOf('HZ-7.1b', 'JL-21a', 'YN-10a', 'YN-10e');
    const sdls = [...(await demo()), ...LIBRARIES];
    const resources = sdls.flatMap(({ name, sdl }) => readSdlCatalogue(name, sdl).resources);
    const held = new Set(resources.map(({ library }) => library));
    for (const profile of PROFILE_NAMES) {
      const named = Object.keys(readProfile(profile).libraries?.foundational?.value ?? {});
      expect(named.filter((library) => !held.has(library))).toEqual([]);
    }
    for (const { name, provider } of resources)
      expect({ name, provider }).toMatchObject({ provider: expect.stringMatching(/./) });
  });
});

describe('generated rows', () => {
  const RESIDENTS = 300;
  const persons = new Set(Array.from({ length: RESIDENTS }, (_, index) => samplePerson(index).idNumber));
  const enterprises = new Set(
    Array.from(
      { length: organisationCount('enterprise', RESIDENTS) },
      (_, index) => sampleEnterprise(index).creditCode,
    ),
  );
  const places = new Set(divisions().map(({ code }) => code));

  it.each(LIBRARIES)('of $name fit its declaration and refer to what there is', async ({ name, declaration }) => {
    const rowsOf = await loadLibraryRows(name);
    const all = new Map<string, SampleRow[]>();
    for (const { table } of tableSpecs(declaration)) all.set(table, [...rowsOf[table]!(RESIDENTS)]);
    expect(new Set(all.keys())).toEqual(new Set(Object.keys(rowsOf)));
    for (const { table, key, unique, columns } of tableSpecs(declaration)) {
      const rows = all.get(table)!;
      expect(rows.length).toBeGreaterThan(0);
      for (const each of [key, ...unique])
        expect(new Set(rows.map((row) => each.map((item) => row[item]).join())).size).toBe(rows.length);
      const known = new Set(columns.map((column) => column.name));
      for (const row of rows) {
        expect(Object.keys(row).filter((item) => !known.has(item))).toEqual([]);
        for (const { name: item, required, values, format } of columns) {
          const value = row[item] as string | null | undefined;
          if (value == null) expect({ item, required }).toEqual({ item, required: false });
          else if (values) expect(values).toContain(value);
          else if (format === 'IDENTITY_NUMBER')
            expect([isIdentityNumber(value), persons.has(value)]).toEqual([true, true]);
          else if (format === 'CREDIT_CODE')
            expect([isCreditCode(value), enterprises.has(value)]).toEqual([true, true]);
          else if (format === 'DIVISION_CODE') expect(places.has(value)).toBe(true);
        }
      }
    }
    for (const [type, { relations }] of Object.entries(declaration.types))
      for (const { type: target, key } of Object.values(relations))
        for (const [field, item] of Object.entries(key ?? {})) {
          const held = all.get(target) && new Set(all.get(target)!.map((row) => row[field]));
          if (held) expect(all.get(type)!.filter((row) => !held.has(row[item]))).toEqual([]);
        }
  });

  it('of cases name powers of the list', async () => {
    const [{ PowerItem }, { EnterpriseCase, PersonCase }] = [
      await loadLibraryRows('powers'),
      await loadLibraryRows('cases'),
    ];
    const codes = new Set([...PowerItem!(RESIDENTS)].map(({ code }) => code));
    for (const { powerCode } of [...EnterpriseCase!(RESIDENTS), ...PersonCase!(RESIDENTS)])
      expect(codes).toContain(powerCode);
  });

  it('are the same every time', async () => {
    const { CreditProfile } = await loadLibraryRows('credit');
    expect([...CreditProfile!(RESIDENTS)]).toEqual([...CreditProfile!(RESIDENTS)]);
  });
});
