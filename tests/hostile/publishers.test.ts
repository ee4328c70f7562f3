import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Consent } from '../../shared/share/releases/release.js';
import type { ShareProblem } from '../../shared/share/share-index.js';
import { DEMO, openDoors, POLICY, withConsents, type Doors } from './support/doors.js';
import { INCOME, OPEN, RISK, TRICKS } from './support/tricks.js';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

/** `CODE coordinate item owner` of each problem, errors only. */
const listOf = (problems: readonly ShareProblem[]): string[] =>
  problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, coordinate, item, owner }) => [code, coordinate, item, owner].filter(Boolean).join(' '))
    .toSorted();

describe('A subgraph that is registered otherwise than it says', () => {
  const PUPILS = `type Query { pupils: Int ${OPEN} }`;

  it('is refused where nobody registered it, and no consent is asked for it', async () => {
    const graph = {
      ...DEMO,
      school: `type Resident @key(fields: "idNumber annualIncome") { idNumber: String! annualIncome: Int @external ${RISK} }`,
    };
    const found = await doors.check(graph);
    expect(listOf(found)).toEqual([INCOME, 'PUBLISHER_UNKNOWN'].toSorted());
    expect(found.filter(({ missing }) => missing)).toEqual([]);
    expect((await doors.load({ ...DEMO, school: PUPILS })).serves).toBe('demo');
  });

  it('does not speak for the department whose code it happens to have as its name', async () => {
    const resource = `${PUPILS} type Pupil @key(fields: "number") @resource(code: "301001/000001", name: "学生") ${OPEN} { number: String! }`;
    const publishers = new Map([...POLICY.publishers, ['public-security', ['education']]]);
    const found = await doors.check({ ...DEMO, 'public-security': resource }, { ...POLICY, publishers });
    expect(listOf(found)).toEqual(['FOREIGN_ITEM Pupil Pupil public-security']);
  });

  it('may require and override within its own department, and not beyond it', async () => {
    const graph = {
      ...DEMO,
      education: `type Resident @key(fields: "idNumber") { idNumber: String! grade: Int @share(type: NOT_SHARED, basis: ["Law 1"]) mood: String ${OPEN} }`,
      'education-2': `type Resident @key(fields: "idNumber") { idNumber: String! grade: Int @external passed: Boolean @requires(fields: "grade") ${OPEN} mood: String @override(from: "education") ${OPEN} }`,
    };
    expect(listOf(await doors.check(graph))).toEqual([]);
    const sold = { ...POLICY, publishers: new Map([...POLICY.publishers, ['education-2', ['health']]]) };
    expect(listOf(await doors.check(graph, sold))).toEqual([
      'INPUT_NOT_RELEASED Resident.passed Resident.grade education',
      'OVERRIDE_NOT_CONSENTED Resident.mood Resident.mood education',
    ]);
  });

  it('may use what the contract gives everybody: identifiers, unconditional basic items in keys, unconditional inputs', async () => {
    const graph = {
      ...DEMO,
      education: `type Resident @key(fields: "idNumber") { idNumber: String! sex: Sex! @external odd: Boolean @requires(fields: "sex") ${OPEN} } enum Sex { MALE FEMALE }
        type Enterprise @key(fields: "creditCode") @key(fields: "licenceNumber name") { creditCode: String! licenceNumber: String! name: String! @external school: Boolean ${OPEN} }`,
    };
    expect(listOf(await doors.check(graph))).toEqual([]);
    expect(await doors.load(graph)).toMatchObject({ serves: 'new' });
  });
});

/** What makes a consent another one than was asked for. */
const CHANGES = (): readonly Partial<Consent>[] => [
  { owner: 'health' },
  { receiver: 'civil-affairs' },
  { receiverSubgraph: 'education-3' },
  { item: 'Resident.sex' },
  { coordinate: 'Resident.sex' },
  { use: 'ARGUMENT' },
  { identity: 'of another item' },
  { until: Date.now() - 1 },
  { revokedAt: Date.now() - 1 },
];

describe('A department that publishes a trick is refused, with the owner and the consent that is missing', () => {
  const foundIn = new Map<string, readonly ShareProblem[]>();

  it.each(Object.entries(TRICKS))('%s', async (name, { sdl, second, demo = (same) => same, problems }) => {
    const graph = { ...demo(DEMO), education: sdl, ...(second && { 'education-2': second }) };
    const found = await doors.check(graph);
    foundIn.set(name, found);
    expect(listOf(found)).toEqual([...problems].toSorted());
    for (const { missing, item, owner, subgraph, message } of found) {
      if (!missing) continue;
      expect(missing).toMatchObject({ item, owner, receiverSubgraph: subgraph });
      expect(message).toContain(JSON.stringify(missing));
    }
    const { serves, problems: refused } = await doors.load(graph);
    expect({ serves, refused: listOf(refused) }).toEqual({ serves: 'demo', refused: [...problems].toSorted() });
  });

  it('has no supergraph written, and is told every problem', async () => {
    for (const [name, found] of foundIn) {
      if (!/^a (key with a not-shared|required item in|provider that)/.test(name)) continue;
      const { written, said } = await doors.compose({ ...DEMO, education: TRICKS[name]!.sdl });
      expect(written).toBe(false);
      for (const { code, coordinate = '', subgraph, message } of found)
        expect(said).toContain(`${code} ${coordinate} (${subgraph})\n    ${message}\n`);
    }
  });

  it('is let in with exactly the consents that were missing, and with none of them changed', async () => {
    const tried = new Set<string>();
    for (const [name, { sdl, second, demo = (same: typeof DEMO) => same }] of Object.entries(TRICKS)) {
      const graph = { ...demo(DEMO), education: sdl, ...(second && { 'education-2': second }) };
      const found = foundIn.get(name) ?? (await doors.check(graph));
      if (found.some(({ missing, severity }) => !missing && severity === 'error')) continue;
      const consents = found.flatMap(({ missing }, n): Consent[] =>
        missing ? [{ ...missing, id: `N-${n}`, purpose: 'as asked', until: Date.now() + 1e6 }] : [],
      );
      // Every way to need a consent once: a consent that differs in anything is none.
      const uses = consents.map(({ use }) => use).filter((use) => !tried.has(use));
      for (const use of uses) tried.add(use);
      const [first, ...others] = consents;
      const changes = uses.length === 0 ? [] : CHANGES();
      const [asked, ...changed] = doors.checkUnder(graph, [
        withConsents(...consents),
        ...changes.map((change) => withConsents({ ...first!, ...change }, ...others)),
      ]);
      expect({ name, left: listOf(asked!) }).toEqual({ name, left: [] });
      for (const [n, change] of changes.entries())
        expect({ name, change, isRefused: listOf(changed[n]!).length > 0 }).toEqual({ name, change, isRefused: true });
    }
    expect([...tried].toSorted()).toEqual([
      'KEY',
      'OVERRIDE',
      'PROVIDES',
      'REQUIRES',
      'ROOT_FIELD',
      'SHAREABLE',
      'TYPE',
    ]);
  });
});
