import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginning, linesOf } from '../../cli/list/list-text.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readProfile } from '../../shared/law/index.js';
import { compareLists } from '../../subgraphs/governance/lists/compare-lists.rule.js';
import { importList } from '../../subgraphs/governance/lists/import-list.js';
import type { ListKind, ListRow } from '../../subgraphs/governance/lists/list-kind.rule.js';
import { standsOnNegativeList } from '../../subgraphs/governance/lists/negative-list.rule.js';
import type { Loose } from '../support/system.js';
import { ApplicationsUnderTest, type Person } from './support/applications-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';

let applications: ApplicationsUnderTest;
beforeAll(async () => {
  applications = await ApplicationsUnderTest.open('jilin');
}, 60_000);
afterAll(() => applications.close());

const FIELDS = 'key department provider resource name items shareType state basis scenario updateCycle openness';
const list = async (kind: ListKind, who: Person = 'authority', more = ''): Promise<Loose[]> => {
  const items: Loose[] = [];
  let after: string | null = null;
  do {
    const cursor: string = after === null ? '' : `, after: "${after}"`;
    const { shareList } = await applications.ask(
      who,
      `{ shareList(kind: ${kind}, first: 100${more}${cursor}) { pageInfo { hasNextPage endCursor } nodes { ${FIELDS} } } }`,
    );
    items.push(...shareList.nodes);
    after = shareList.pageInfo.hasNextPage ? shareList.pageInfo.endCursor : null;
  } while (after !== null);
  return items;
};
const publish = (kind: ListKind, who: Person = 'authority') =>
  applications.ask(
    who,
    `mutation { publishList(kind: ${kind}) { version { id publishedOn entries clauses } refusal { code } } }`,
  );
const row = (key: string, more: Partial<ListRow> = {}): ListRow => ({
  ...{ key, department: 'x', provider: null, resource: null, name: key, items: [], shareType: null, state: 'IN_FORCE' },
  ...{ basis: [], scenario: null, updateCycle: null, openness: null },
  ...more,
});
const taken = (lines: readonly string[], kind: ListKind = 'NEGATIVE') =>
  importList({
    ...{ pool: applications.pool, store: new RecordStore('Asia/Shanghai'), profile: readProfile('jilin'), kind },
    ...{
      publishedOn: '2026-01-15',
      input: Readable.from(lines.map((line) => `${line}\n`)),
    },
    now: applications.now,
  });

describe('the negative list', () => {
  it('does not have what no law, regulation or rule keeps from being shared (JL-24i)', () => {
    shows('JL-24i');
    const jilin = readProfile('jilin');
    expect(standsOnNegativeList([], jilin)).toBe(false);
    expect(standsOnNegativeList(['关于加强数据共享的通知'], jilin)).toBe(false);
    expect(standsOnNegativeList(['个人信息保护法 第二十八条'], jilin)).toBe(true);
    expect(standsOnNegativeList(['关于加强数据共享的通知'], readProfile('quanzhou'))).toBe(true);
  });

  it('has what is in force and not shared, with its provision, and nothing else', async () => {
    shows('JL-24i');
    const items = await list('NEGATIVE');
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ basis, shareType }) => basis.length > 0 && shareType === 'NOT_SHARED')).toBe(true);
    expect(items.flatMap(({ items }) => items)).toContain('Resident.annualIncome');
    const [other] = await applications.rows(
      `select i.id from catalogue_item i join catalogue_resource r on r.id = i.resource
        where i.coordinate = 'Resident.annualIncome' and r.state = 'PUBLISHED'`,
    );
    await applications.rows(`update catalogue_item set basis = '["关于加强数据共享的通知"]' where id = $1`, [
      other!['id'],
    ]);
    expect((await list('NEGATIVE')).flatMap(({ items }) => items)).not.toContain('Resident.annualIncome');
    await applications.rows(`update catalogue_item set basis = '["个人信息保护法 第二十八条"]' where id = $1`, [
      other!['id'],
    ]);
  });
});

describe('the responsibility list (JL-24g)', () => {
  it('says for each department what of its catalogue it must share, and how that stands', async () => {
    shows('JL-24g');
    const items = await list('RESPONSIBILITY');
    const residents = items.find(
      ({ department, items }) => department === 'public-security' && items.includes('Resident.name'),
    );
    expect(residents).toMatchObject({ state: 'IN_FORCE', shareType: 'CONDITIONAL' });
    expect(residents.items).not.toContain('Resident.annualIncome');
    await applications.rows(
      `insert into catalogue_task (id, kind, department, code, subject, opened_at, due, due_at)
       values ('T-X', 'LAW_CHANGE', 'public-security', $1, 'x', now(), '2026-02-09', $2)`,
      [residents.resource, new Date(applications.now)],
    );
    const late = (await list('RESPONSIBILITY')).find(({ key }) => key === residents.key);
    expect(late.state).toBe('UPDATE_OVERDUE');
    await applications.rows(`delete from catalogue_task where id = 'T-X'`);
  });

  it('is cut to one department where that is asked', async () => {
    const items = await list('RESPONSIBILITY', 'tax', ', department: "human-resources"');
    expect(new Set(items.map(({ department }) => department))).toEqual(new Set(['human-resources']));
  });
});

describe('the demand list (JL-24h)', () => {
  it('shows a demand to its parties alone until it is published, and says whether it is met', async () => {
    shows('JL-24h');
    const review = await applications.apply();
    const own = await list('DEMAND', 'housing');
    expect(own.find(({ key }) => key === review.id)).toMatchObject({
      ...{ department: 'housing', provider: 'public-security', state: 'PENDING', scenario: 'public-rental-review' },
      items: ['Resident.phone', 'Resident.registeredAddress'],
    });
    expect(await list('DEMAND', 'tax')).toEqual([]);
    await applications.agree('police', review, { coordinates: ['Resident.phone'] });
    expect((await list('DEMAND', 'police')).find(({ key }) => key === review.id).state).toBe('PARTLY_MET');
    const { publishList } = await publish('DEMAND');
    const published = await list('DEMAND', 'tax', `, version: "${publishList.version.id}"`);
    expect(published.map(({ key, state }) => [key, state])).toEqual([[review.id, 'PARTLY_MET']]);
    await applications.rows(
      `update share_grant set until_at = $1 where id = (select grant_id from application_track where id = $2)`,
      [new Date(applications.now + 1), review.id],
    );
    applications.now += 1_000;
    expect((await list('DEMAND', 'police')).find(({ key }) => key === review.id).state).toBe('ENDED');
  });
});

it('takes arguments that are null for arguments that are not there', async () => {
  const variables = { version: null, department: null, after: null };
  const { shareList, listDifferences, ...without } = await applications.ask(
    'tax',
    `query ($version: String, $department: String, $after: String) {
      shareList(kind: NEGATIVE, version: $version, department: $department, after: $after) { nodes { key } }
      listDifferences(kind: NEGATIVE, from: $version, to: $version, after: $after) { nodes { key } }
      list: shareList(kind: NEGATIVE) { nodes { key } } differences: listDifferences(kind: NEGATIVE) { nodes { key } } }`,
    variables,
  );
  expect(shareList.nodes.length).toBeGreaterThan(0);
  expect({ list: shareList, differences: listDifferences }).toEqual(without);
});

describe('publishing a list (YN-9c)', () => {
  it('is the authority’s', async () => {
    await expect(publish('RESPONSIBILITY', 'police')).rejects.toThrow(/may not use/);
  });

  it('keeps it as it was on its day, whatever becomes of the catalogue, and is recorded', async () => {
    shows('JL-24g');
    showsPartOf('JL-24j', 'YN-9c');
    const before = await list('RESPONSIBILITY');
    const { version } = (await publish('RESPONSIBILITY')).publishList;
    expect(version).toMatchObject({ publishedOn: '2026-02-09', entries: before.length, clauses: ['JL-24g', 'JL-24j'] });
    await applications.rows(
      `update catalogue_resource set state = 'SUSPENDED' where code = $1 and state = 'PUBLISHED'`,
      [before[0].resource],
    );
    expect((await list('RESPONSIBILITY'))[0].state).toBe('SUSPENDED');
    expect(await list('RESPONSIBILITY', 'tax', `, version: "${version.id}"`)).toEqual(before);
    await applications.rows(
      `update catalogue_resource set state = 'PUBLISHED' where code = $1 and state = 'SUSPENDED'`,
      [before[0].resource],
    );
    const [act] = await applications.rows(`select line from evidence.record where object = $1`, [`list/${version.id}`]);
    expect(JSON.parse(act!['line'] as string)).toMatchObject({
      act: 'PUBLISH_LIST',
      terms: { list: 'RESPONSIBILITY', publishedOn: '2026-02-09', entries: before.length },
    });
  });

  it('refuses a version of another list, and pages of no size', async () => {
    const { version } = (await publish('NEGATIVE')).publishList;
    for (const query of [`shareList(kind: DEMAND, version: "${version.id}")`, 'shareList(kind: DEMAND, first: 0)'])
      await expect(applications.ask('tax', `{ ${query} { pageInfo { endCursor } } }`)).rejects.toThrow();
  });
});

describe('a list of a higher level (JL-24j)', () => {
  it('that is wrong in one line is not taken in at all', async () => {
    const higher = () => applications.rows(`select id from list_version where level = 'HIGHER'`);
    const before = await higher();
    const good = JSON.stringify(row('a'));
    await expect(taken([])).rejects.toThrow(/no line/);
    for (const [bad, why] of [
      ['{', /Line 2 .*no JSON/],
      ['{"key":"b"}', /Line 2 .*department/],
      [good, /Line 2 .*was there before/],
      [JSON.stringify({ ...row('b'), more: 1 }), /Line 2/],
    ] as const)
      await expect(taken([good, bad])).rejects.toThrow(why);
    expect(await higher()).toEqual(before);
  });

  it('is what the own one is compared with', async () => {
    showsPartOf('JL-24j');
    await publish('NEGATIVE');
    const own = await list('NEGATIVE');
    const [first, second] = own;
    const higher = [{ ...first, basis: ['上位法 第一条'] }, row('only there'), ...own.slice(2)];
    await taken(higher.map((line) => JSON.stringify(line)));
    const { listDifferences } = await applications.ask(
      'tax',
      '{ listDifferences(kind: NEGATIVE) { nodes { key change fields } } }',
    );
    expect(listDifferences.nodes).toEqual(
      [
        { key: first.key, change: 'CHANGED', fields: ['basis'] },
        { key: 'only there', change: 'REMOVED', fields: [] },
        { key: second.key, change: 'ADDED', fields: [] },
      ].sort((a, b) => (a.key < b.key ? -1 : 1)),
    );
  });
});

describe('the differences of two lists', () => {
  const rows = fc
    .uniqueArray(fc.record({ key: fc.constantFrom(...'abcdef'), name: fc.constantFrom('x', 'y') }), {
      selector: ({ key }) => key,
    })
    .map((lines) => lines.map(({ key, name }) => row(key, { name })));

  it('are none of a list with itself, and turn round with the lists', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        expect(compareLists(one, one)).toEqual([]);
        const turned = { ADDED: 'REMOVED', REMOVED: 'ADDED', CHANGED: 'CHANGED' } as const;
        expect(compareLists(other, one)).toEqual(
          compareLists(one, other).map((change) => ({ ...change, change: turned[change.change] })),
        );
      }),
    );
  });
});

describe('a list as a file', () => {
  it('is no formula to a spreadsheet', () => {
    const line = { key: '=cmd()', name: '@x', items: ['a', 'b'], basis: ['+1'] };
    expect(linesOf('csv', [line])).toBe("'=cmd(),,,,'@x,a;b,,,'+1,,,\r\n");
    expect(beginning('csv', true)).toMatch(/^\u{feff}key,department/u);
    expect(JSON.parse(linesOf('ndjson', [line]))).toEqual(line);
  });
});
