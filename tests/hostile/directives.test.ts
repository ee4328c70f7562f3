import { describe, expect, it } from '@jest/globals';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { makeGraph } from '../../gateway/supergraph/make-graph.js';
import { HubError } from '../../shared/kernel/index.js';

const FEDERATION = 'https://specs.apollo.dev/federation/v2.9';
const SHARE = 'https://sharehub.dev/share';

/** `CODE message` of everything that keeps one subgraph from being composed. */
function problemsOf(sdl: string): { code: string; message: string; subgraph?: string }[] {
  try {
    composeGraph([{ name: 'education', url: 'http://e/', sdl }]);
    return [];
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return error.details.errors as { code: string; message: string }[];
  }
}
const linking = (imports: string, sdl: string) =>
  `extend schema @link(url: "${FEDERATION}", import: [${imports}])\n${sdl}`;

describe('A directive that nobody would carry out', () => {
  it.each([
    ['@authenticated on a field', linking('"@authenticated"', 'type Query { a: Int @authenticated }'), 'Query.a'],
    [
      '@authenticated on a type',
      linking('"@authenticated"', 'type Query { a: A } type A @authenticated { b: Int }'),
      'A',
    ],
    ['@authenticated on an enum', linking('"@authenticated"', 'type Query { a: E } enum E @authenticated { B }'), 'E'],
    ['@authenticated on a scalar', linking('"@authenticated"', 'type Query { a: S } scalar S @authenticated'), 'S'],
    [
      '@requiresScopes',
      linking('"@requiresScopes"', 'type Query { a: Int @requiresScopes(scopes: [["x"]]) }'),
      'Query.a',
    ],
    ['@policy', linking('"@policy"', 'type Query { a: Int @policy(policies: [["x"]]) }'), 'Query.a'],
    ['a renamed one', linking('{ name: "@authenticated", as: "@open" }', 'type Query { a: Int @open }'), 'Query.a'],
    [
      'one by its namespace',
      linking('"@key"', 'type Query { a: Int @federation__policy(policies: [["x"]]) }'),
      'Query.a',
    ],
    [
      'one on an extension',
      linking('"@policy"', 'type Query { b: Int } extend type Query { a: Int @policy(policies: [["x"]]) }'),
      'Query.a',
    ],
    [
      'one that was never imported',
      'type Query { a: Int @authenticated } directive @authenticated on FIELD_DEFINITION',
      'Query.a',
    ],
    [
      '@fromContext',
      linking('"@fromContext", "@context"', 'type Query { a(b: Int @fromContext(field: "$c { d }")): Int }'),
      'Query.a(b:)',
    ],
    ['@cost', linking('"@cost"', 'type Query { a: Int @cost(weight: 9) }'), 'Query.a'],
    [
      '@listSize',
      linking('{ name: "@listSize", as: "@sized" }', 'type Query { a(n: Int): [Int] @sized(slicingArguments: ["n"]) }'),
      'Query.a',
    ],
    [
      '@cost of its own specification',
      `extend schema @link(url: "https://specs.apollo.dev/cost/v0.1") type Query { a: Int @cost__cost(weight: 9) }`,
      'Query.a',
    ],
  ])('is refused by its name and place: %s', (_, sdl, at) => {
    const problems = problemsOf(sdl);
    expect(problems.map(({ code, subgraph }) => `${code} ${subgraph}`)).toEqual([
      'DIRECTIVE_NOT_CARRIED_OUT education',
    ]);
    expect(problems[0]!.message).toContain(` on ${at} of subgraph education`);
  });

  it('is refused as a feature for security that nobody here knows', () => {
    const url = 'https://specs.example.gov.cn/secret/v1.0';
    const sdl = `extend schema @link(url: "${FEDERATION}") @link(url: "${url}", for: SECURITY) type Query { a: Int }`;
    expect(problemsOf(sdl)).toEqual([
      expect.objectContaining({ code: 'DIRECTIVE_NOT_CARRIED_OUT', message: expect.stringContaining(url) }),
    ]);
  });

  it('leaves alone what is carried out, and hints', () => {
    const known = `extend schema @link(url: "${FEDERATION}", import: ["@key", "@inaccessible", "@tag"])
      type Query { a(first: Int): [A] } type A @key(fields: "id") { id: ID! b: Int @tag(name: "x") c: Int @inaccessible }`;
    expect(problemsOf(known)).toEqual([]);
  });

  it('is refused in a supergraph that somebody else composed', () => {
    const { supergraphSdl } = composeGraph([{ name: 'education', url: 'http://e/', sdl: 'type Query { a: Int }' }]);
    expect(makeGraph({ supergraphSdl }).supergraphSdl).toBe(supergraphSdl);
    const secured = 'extend schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)';
    expect(() => makeGraph({ supergraphSdl: `${supergraphSdl}\n${secured}` })).toThrow(
      expect.objectContaining({
        code: 'COMPOSITION_FAILED',
        message: expect.stringContaining('authenticated/v0.1'),
      }),
    );
  });
});

describe('A share specification that this hub does not read', () => {
  it.each(['/v2.0', '', '/v0.9', '/v1x'])('is one clear problem: %s', (version) => {
    const sdl = `extend schema @link(url: "${FEDERATION}", import: ["@key"])
      @link(url: "${SHARE}${version}", import: ["@resource", "@share", "@basic", "@filters", "@scope", "@subject", "@mask", "@verifiable"])
      type Query { a(b: Int @filters(field: "A.b")): A @share(type: UNCONDITIONAL) }
      type A @key(fields: "b") @resource(code: "1", name: "A") { b: Int @subject(kind: PERSON) @basic @verifiable c: Int @mask(as: NAME) @scope(by: "division") }`;
    expect(problemsOf(sdl)).toEqual([
      {
        code: 'SHARE_SPEC_UNKNOWN',
        subgraph: 'education',
        message: `Subgraph education links ${SHARE}${version}; this hub reads ${SHARE}/v1.1.`,
      },
    ]);
  });
});
