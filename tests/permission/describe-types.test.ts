import { describe, expect, it } from '@jest/globals';
import { describeTypes, type DescribedType } from '../../gateway/permission/describe-types.js';
import { catalogue } from './support/catalogue.js';
import { grant, NOW, snapshotOf, TestDecider, type DecisionRequest } from './support/test-decider.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const read = catalogue({
  population: `
    type Query ${OPEN} { person(id: ID!): Person named: Named "查询人口" persons("1 to 100." first: Int! = 20, "Whole." telephone: String @filters(field: "Person.phone")): People
      verify(claims: Claims!): Outcome statistics(by: [Dimension!]!): Count }
    input Claims { phone: String @compares(field: "Person.phone") }
    enum Dimension { KIND @groups(field: "Person.kind") }
    type Outcome ${OPEN} { match: Boolean }
    type Count ${OPEN} { count: Int }
    interface Named ${OPEN} { phone: String @share(type: CONDITIONAL) }
    "人口"
    type Person implements Named @key(fields: "id") @resource(code: "1", name: "人口信息", provider: "police") ${OPEN} {
      id: ID! @subject(kind: PERSON)
      """
      姓名
      As registered.
      """
      name: String!
      "联系电话" phone: String @share(type: CONDITIONAL) @verifiable
      faith: String @share(type: NOT_SHARED, basis: ["Law 1"])
      kind: Kind! @dimension }
    type People ${OPEN} { nodes: [Person!]! }
    enum Kind { "常住" RESIDENT "流动" FLOATING }`,
  governance: `
    type Query ${OPEN} { inbox(department: String): Inbox departments: [Department!] }
    type Department @key(fields: "code") @resource(code: "2", name: "部门名录", provider: "bureau") ${OPEN} { code: ID! }
    type Inbox ${OPEN} { unread: Int }`,
});

const ask = async (names: readonly string[], { grants = [], ...more }: DecisionRequest = {}) => {
  const { decider } = new TestDecider(read);
  const base = { department: 'tax', scenario: 'audit', variables: {}, snapshot: snapshotOf(grants), now: NOW };
  const types = await describeTypes(names, read.schema, decider, { ...base, ...more });
  return Object.fromEntries(types.map((type) => [type.name, type]));
};
const refusedOf = ({ fields = [] }: DescribedType) =>
  Object.fromEntries(fields.flatMap(({ name, refused }) => (refused ? [[name, refused.code]] : [])));

describe('describeTypes', () => {
  it('says of each item whether the caller would be refused it, and under which code', async () => {
    const { Person } = await ask(['Person']);
    expect(refusedOf(Person!)).toEqual({ phone: 'GRANT_REQUIRED', faith: 'NOT_SHARED' });
    expect(refusedOf((await ask(['Person'], { scenario: undefined })).Person!).phone).toBe('PURPOSE_REQUIRED');
    const held = await ask(['Person'], { grants: [grant(['Person.phone'])] });
    expect(refusedOf(held.Person!)).toEqual({ faith: 'NOT_SHARED' });
    // The field of an interface is as restricted as its implementations.
    expect(refusedOf((await ask(['Named'])).Named!)).toEqual({ phone: 'GRANT_REQUIRED' });
    expect(refusedOf((await ask(['Named'], { grants: [grant(['Person.phone'])] })).Named!)).toEqual({});
    const own = await ask(['Person'], { department: 'police' });
    expect(refusedOf(own.Person!)).toEqual({});
  });

  it('says of an argument that it filters by an item that the caller may not read', async () => {
    const args = async (request: DecisionRequest = {}) =>
      (await ask(['Query'], request)).Query!.fields!.find(({ name }) => name === 'persons')!.args;
    expect(await args()).toMatchObject([
      { name: 'first', title: '1 to 100.', type: 'Int!', required: false },
      { name: 'telephone', title: '联系电话', help: 'Whole.', refused: { code: 'GRANT_REQUIRED' } },
    ]);
    expect((await args({ grants: [grant(['Person.phone'])] }))[1]).not.toHaveProperty('refused');
  });

  it('words refusals in the language of the caller', async () => {
    const { Person } = await ask(['Person'], { language: 'zh' });
    expect(Person!.fields!.find(({ name }) => name === 'faith')!.refused!.message).toContain('不予共享');
  });

  it('gives titles, share types and the resource that a root leads to, and no root that leads to none', async () => {
    const { Query, Person, Kind } = await ask(['Query', 'Person', 'Kind', 'Nothing', 'Person']);
    expect(Query!.fields!.filter(({ named }) => named.startsWith('Pe'))).toMatchObject([
      { name: 'person', named: 'Person', list: false, resource: { code: '1', name: '人口信息' } },
      { name: 'persons', title: '查询人口', named: 'People', nodes: 'Person', resource: { code: '1' } },
    ]);
    const names = Query!.fields!.map(({ name, resource }) => [name, resource!.name]);
    expect(names).toEqual([
      ['departments', '部门名录'],
      ...['person', 'named', 'persons', 'verify', 'statistics'].map((name) => [name, '人口信息']),
    ]);
    expect(Person).toMatchObject({ kind: 'OBJECT', title: '人口', resource: { code: '1' } });
    expect(Person!.fields![1]).toMatchObject({ title: '姓名', type: 'String!', shareType: 'UNCONDITIONAL', args: [] });
    expect(Kind!.values).toEqual([
      { name: 'RESIDENT', title: '常住' },
      { name: 'FLOATING', title: '流动' },
    ]);
  });
});
