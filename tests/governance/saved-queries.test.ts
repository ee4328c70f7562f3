import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance();
}, 60_000);
afterAll(() => governance.stop(), 60_000);
beforeEach(async () => {
  await governance.rows('delete from saved_query');
});

const as = (person: string | undefined, department: string) =>
  governance.as({ department, person, roles: ['provider', 'consumer'] });
const lina = () => as('li.na', 'housing');
/** Another person of the same department. */
const colleague = () => as('housing.colleague', 'housing');
const stranger = () => as('zhang.tao', 'tax');

const FIELDS = 'id name text scenario shared own ownerName';
const TEXT = 'query ($idNumber: String!) { resident(idNumber: $idNumber) { name } }';
const save = async (who: ReturnType<typeof as>, input: object = {}) => {
  const query = `mutation ($input: SavedQueryInput!) { saveQuery(input: $input) { query { ${FIELDS} } refusal { code message } } }`;
  return (await who(query, { variables: { input: { name: '查询', text: TEXT, ...input } } })).data.saveQuery;
};
const remove = async (who: ReturnType<typeof as>, id: string) =>
  (await who(`mutation { deleteSavedQuery(id: "${id}") { query { id } refusal { code } } }`)).data.deleteSavedQuery;
const names = async (who: ReturnType<typeof as>) => {
  const { data } = await who(`{ savedQueries { nodes { ${FIELDS} } } }`);
  return data.savedQueries.nodes.map(({ name }: { name: string }) => name);
};
const codeOf = async (result: Promise<{ refusal: { code: string } | null }>) => (await result).refusal?.code;

describe('a query is not saved', () => {
  it('by a system on its own behalf', async () => {
    const { errors } = await as(undefined, 'housing')(`{ savedQueries { nodes { id } } }`);
    expect(errors[0]!.extensions.code).toBe('OPERATION_DENIED');
    expect(await governance.rows('select id from saved_query')).toEqual([]);
  });

  it.each([
    [
      'a citizen’s number in its text',
      { text: '{ resident(idNumber: "11010519491231002X") { name } }' },
      'IDENTITY_NUMBER_WRITTEN',
    ],
    [
      'one that is a default value',
      { text: 'query ($id: ID = "330102196702128466") { a(id: $id) }' },
      'IDENTITY_NUMBER_WRITTEN',
    ],
    ['one in a comment', { text: `${TEXT} # 330102196702128466` }, 'IDENTITY_NUMBER_WRITTEN'],
    ['one in its name', { name: '查 330102196702128466' }, 'IDENTITY_NUMBER_WRITTEN'],
    ['a mutation', { text: 'mutation { markRead { total } }' }, 'QUERY_MALFORMED'],
    ['a schema', { text: 'type Query { a: Int }' }, 'QUERY_MALFORMED'],
    ['a text that is no GraphQL', { text: '{ resident(' }, 'QUERY_MALFORMED'],
    ['fragments alone', { text: 'fragment F on Resident { name }' }, 'QUERY_MALFORMED'],
    ['no text', { text: '  ' }, 'TEXT_UNFIT'],
    ['a text of more than 20,000 characters', { text: `{ a } #${'x'.repeat(20_000)}` }, 'TEXT_UNFIT'],
    ['a name of more than 60 characters', { name: '名'.repeat(61) }, 'TEXT_UNFIT'],
    ['a name that turns the direction of reading', { name: 'a\u202Eb' }, 'TEXT_UNFIT'],
    ['another department’s scenario', { scenario: 'unknown' }, 'SCENARIO_UNKNOWN'],
    ['an id of nothing', { id: 'SQ-999999' }, 'QUERY_UNKNOWN'],
  ])('with %s', async (_, input, code) => {
    expect(await codeOf(save(lina(), input))).toBe(code);
    expect(await governance.rows('select id from saved_query')).toEqual([]);
  });

  it('under a name that its person has already, also by a second click', async () => {
    const both = await Promise.all([save(lina()), save(lina())]);
    expect(both.map(({ refusal }) => refusal?.code).sort()).toEqual(['QUERY_KNOWN', undefined]);
    expect(await codeOf(save(stranger()))).toBeUndefined();
  });

  it('beyond a hundred of one person', async () => {
    await governance.rows(`insert into saved_query (id, owner, department, name, text, shared)
      select 'SQ-1' || lpad(n::text, 5, '0'), 'li.na', 'housing', 'n' || n, '{ a }', false from generate_series(1, 100) n`);
    expect(await codeOf(save(lina()))).toBe('TOO_MANY');
    await remove(lina(), 'SQ-100001');
    expect(await codeOf(save(lina()))).toBeUndefined();
  });
});

describe('a saved query', () => {
  it('is its person’s alone until they share it', async () => {
    const { query } = await save(lina(), { scenario: 'public-rental-review' });
    expect(query).toEqual({
      id: expect.stringMatching(/^SQ-\d{6}$/),
      name: '查询',
      text: `${TEXT}\n`,
      scenario: 'public-rental-review',
      shared: false,
      own: true,
      ownerName: '李娜',
    });
    expect([await names(lina()), await names(colleague()), await names(stranger())]).toEqual([['查询'], [], []]);
    expect(await codeOf(remove(colleague(), query.id))).toBe('QUERY_UNKNOWN');
    expect(await codeOf(save(colleague(), { id: query.id, name: '改' }))).toBe('QUERY_UNKNOWN');
  });

  it('that is shared is seen by the department and by no other, and changed by its owner alone', async () => {
    const { query } = await save(lina(), { shared: true });
    expect([await names(colleague()), await names(stranger())]).toEqual([['查询'], []]);
    expect(await codeOf(save(colleague(), { id: query.id, name: '改' }))).toBe('NOT_ENTITLED');
    expect(await codeOf(remove(colleague(), query.id))).toBe('NOT_ENTITLED');
    expect(await codeOf(remove(stranger(), query.id))).toBe('QUERY_UNKNOWN');
    const changed = await save(lina(), { id: query.id, name: '改', text: '{ a }' });
    expect(changed.query).toMatchObject({ id: query.id, name: '改', text: '{ a }\n', shared: false });
    expect(await names(colleague())).toEqual([]);
  });

  it('stays with the former department of a person who moves, who keeps what they shared with nobody', async () => {
    const { query } = await save(lina(), { name: '共用', shared: true });
    await save(lina(), { name: '本人' });
    const moved = as('li.na', 'tax');
    expect([await names(moved), await names(colleague())]).toEqual([['本人'], ['共用']]);
    expect(await codeOf(remove(moved, query.id))).toBe('QUERY_UNKNOWN');
    // The name is free again where the other is no longer seen.
    expect(await codeOf(save(moved, { name: '共用', shared: true }))).toBeUndefined();
    expect([await names(stranger()), await names(colleague())]).toEqual([['共用'], ['共用']]);
  });

  it('that is shared may be deleted by a data administrator of the department', async () => {
    const { query } = await save(colleague(), { shared: true });
    const [{ officer }] = (await governance.rows(
      `select officer from appointment where department = 'housing' and post = 'DATA_ADMINISTRATOR' and until_at is null`,
    )) as [{ officer: string }];
    expect((await remove(as(officer, 'housing'), query.id)).query.id).toBe(query.id);
    expect(await names(colleague())).toEqual([]);
  });

  it('is deleted for good, and is no act of governance', async () => {
    const { query } = await save(lina(), { shared: true });
    expect((await remove(lina(), query.id)).query.id).toBe(query.id);
    expect(await governance.rows('select id from saved_query')).toEqual([]);
    expect(await governance.rows(`select 1 from evidence.record where line like '%查询%'`)).toEqual([]);
  });

  it('comes newest first, in pages, under a cursor of the reader’s own', async () => {
    for (const name of ['一', '二', '三']) await save(lina(), { name });
    const page = async (who: ReturnType<typeof as>, after?: string) =>
      who(
        `{ savedQueries(first: 2${after ? `, after: "${after}"` : ''}) { nodes { name } pageInfo { hasNextPage endCursor } } }`,
      );
    const first = (await page(lina())).data.savedQueries;
    expect(first.nodes).toEqual([{ name: '三' }, { name: '二' }]);
    const { endCursor } = first.pageInfo;
    expect((await page(lina(), endCursor)).data.savedQueries.nodes).toEqual([{ name: '一' }]);
    expect((await page(stranger(), endCursor)).errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('ends with its person’s account where it is theirs alone; what they shared stays with the department', async () => {
    await save(colleague(), { name: '他人' });
    await governance.rows(
      `insert into officer (subject, name, department, roles, suspended) values ('leaving', '离任', 'housing', '["consumer"]', false)`,
    );
    const leaving = as('leaving', 'housing');
    await save(leaving, { name: '共用', shared: true });
    await save(leaving, { name: '本人' });
    const authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
    const { data } = await authority(
      'mutation { suspendOfficer(subject: "leaving", reason: "离职") { officer { suspended } refusal { code } } }',
    );
    expect(data.suspendOfficer).toEqual({ officer: { suspended: true }, refusal: null });
    const left = await governance.rows('select name from saved_query order by id');
    expect(left.map(({ name }) => name)).toEqual(['他人', '共用']);
  });
});
