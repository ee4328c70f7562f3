import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { resolveItemsInForce } from '../../gateway/permission/items-in-force.js';
import { Protections } from '../../gateway/permission/protections.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { buildShareIndex } from '../../shared/share/build-share-index.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { succeedIndex } from '../../shared/share/succession/succeed-index.js';
import { succeedShares } from '../../shared/share/succession/succeed-shares.js';
import { currentProvider, firstProvider, type Succession } from '../../shared/share/succession/succession.js';
import { readProtectedSubjects } from '../../shared/trust/protected-subjects.js';
import { catalogue, sdl } from './support/catalogue.js';

const went = (from: string, to: string, id = 'R'): Succession => ({ kind: 'RESOURCE', id, from, to });
const ended = (from: string, to: string): Succession => ({ kind: 'DEPARTMENT', id: from, from, to });

describe('the department that provides a resource now', () => {
  it('is found from any department that ever provided it, also where it came back', () => {
    const past = [went('a', 'b'), went('b', 'a'), went('a', 'c'), ended('c', 'd')];
    for (const stated of ['a', 'b', 'c', 'd']) expect(currentProvider(stated, 'R', past)).toBe('d');
    // Another resource of theirs stayed, but for that of the department that ended.
    expect(['a', 'b', 'c'].map((stated) => currentProvider(stated, 'S', past))).toEqual(['a', 'b', 'd']);
  });

  it('gives its items the identity under the first one, whichever its schema names', () => {
    const past = [went('a', 'b'), went('b', 'c')];
    expect(['a', 'b', 'c'].map((provider) => firstProvider(provider, 'R', past))).toEqual(['a', 'a', 'a']);
    expect(firstProvider('c', 'S', past)).toBe('c');
  });
});

const schema = (provider: string) => `
  type Query { person(id: ID!): Person @share(type: UNCONDITIONAL) }
  type Person @key(fields: "id") @resource(code: "R", name: "人员", provider: "${provider}") @share(type: UNCONDITIONAL) {
    id: ID! @subject(kind: PERSON)
    phone: String @share(type: CONDITIONAL, condition: "c")
  }`;
const PAST = [went('a', 'b'), went('a', 'b', 'interface/s/a'), ended('a', 'b')];
const readIndex = (provider: string, successions: readonly Succession[]) => {
  const { schema: composed } = catalogue({ s: schema(provider) });
  const shares = succeedShares(readSubgraphShares('s', parse(sdl(schema(provider)))), successions);
  const trust = { publishers: new Map([['s', ['b']]]), consents: [], successions, now: 0 };
  return buildShareIndex(composed, [shares], { trust });
};

describe('a graph after a reform', () => {
  const before = catalogue({ s: schema('a') }).index;

  it('is published with the schema of before, whose items are the other department’s and keep their identity', () => {
    const { index, problems } = readIndex('a', PAST);
    expect(problems).toEqual([]);
    const [old, same] = [before, index].map(({ byCoordinate }) => byCoordinate.get('Person.phone')!);
    expect(same).toMatchObject({ provider: 'b', owner: 'b', identity: old!.identity });
    const next = readIndex('b', PAST).index.byCoordinate.get('Person.phone')!;
    expect(next).toMatchObject({ provider: 'b', identity: old!.identity });
    // Without the register's word the schema speaks for a department that it may not speak for.
    expect(readIndex('a', []).problems.map(({ code }) => code)).toContain('FOREIGN_ITEM');
  });

  it('gives its items at once, also where it was made before, and not where the register has another department', () => {
    const inForce = (provider: string, successions: readonly Succession[]) => {
      const published = new Map(
        before.items.map(({ coordinate, shareType }) => [coordinate as string, { provider, shareType }]),
      );
      const items = resolveItemsInForce(succeedIndex(before, successions), published);
      return items.find(({ coordinate }) => coordinate === 'Person.phone');
    };
    expect(inForce('b', PAST)).toMatchObject({ provider: 'b', shareType: 'CONDITIONAL' });
    expect(inForce('b', PAST)).not.toHaveProperty('published');
    expect(inForce('b', [])).toMatchObject({ published: false });
    expect(inForce('c', PAST)).toMatchObject({ published: false });
  });

  it('goes on withholding protected subjects, under every name that the subgraph may have for the owner', () => {
    const identifier = '11010519491231002X';
    const protection = {
      id: 'PT-1',
      owner: 'b',
      kind: 'PERSON',
      sealed: '',
      identifier,
      purposes: [],
      until: 10,
    } as const;
    const snapshot = {
      protections: [protection],
      publishers: new Map([['s', ['b']]]),
      successions: PAST,
    } as unknown as GovernanceSnapshot;
    for (const index of [before, readIndex('a', PAST).index]) {
      const of = (successions: readonly Succession[]) =>
        new Protections(index)
          .of({ snapshot: { ...snapshot, successions }, department: 'x', scenario: 'y', now: 0 })
          ?.of('s');
      expect(of(PAST)?.withholds('Person', identifier)).toBe(true);
      expect(
        readProtectedSubjects(of(PAST)!.text)
          .map(({ owner }) => owner)
          .sort(),
      ).toEqual(['a', 'b']);
    }
    const unknown = new Protections(before).of({
      snapshot: { ...snapshot, successions: [] },
      department: 'x',
      scenario: 'y',
      now: 0,
    });
    expect(unknown?.of('s')).toBeUndefined();
  });
});
