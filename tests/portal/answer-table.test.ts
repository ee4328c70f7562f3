import { describe, expect, it } from '@jest/globals';
import { applicationAddress, toTables, type AnswerError } from '../../portal/pages/try/answer-table.js';

const refused = (...path: readonly (string | number)[]): AnswerError => ({
  message: path.join('.'),
  path,
  extensions: { code: 'GRANT_REQUIRED' },
});
const QUERY = `query People { people { totalCount nodes { name phone home { address size } } pageInfo { hasNextPage } } }`;
const show = (...asked: Parameters<typeof toTables>) =>
  toTables(...asked).map(({ columns, rows, facts, path }) => ({
    path: path.join('.'),
    columns: columns.map((each) => each.join('.')),
    rows: rows.map((row) =>
      row.map(({ text, error, disputed }) => error?.extensions.code ?? text + (disputed ? '!' : '')),
    ),
    facts: Object.fromEntries(facts.map((fact) => [fact.path.join('.'), fact.cell.text])),
  }));

describe('an answer as a table', () => {
  it('has a refusal in each cell of an item that is refused at its first place', () => {
    const data = {
      people: {
        totalCount: 2,
        nodes: [
          { name: 'A', phone: null, home: { address: null, size: 1 } },
          { name: 'B', phone: null, home: null },
        ],
        pageInfo: { hasNextPage: true },
      },
    };
    const errors = [refused('people', 'nodes', 0, 'phone'), refused('people', 'nodes', 0, 'home', 'address')];
    expect(show(QUERY, data, errors)).toEqual([
      {
        path: 'nodes',
        columns: ['name', 'phone', 'home.address', 'home.size'],
        rows: [
          ['A', 'GRANT_REQUIRED', 'GRANT_REQUIRED', '1'],
          ['B', 'GRANT_REQUIRED', 'GRANT_REQUIRED', ''],
        ],
        facts: { totalCount: '2', 'pageInfo.hasNextPage': 'true' },
      },
    ]);
  });

  it('has it in all cells below a relation that is refused', () => {
    const data = { people: { totalCount: 1, nodes: [{ name: 'A', phone: '1', home: null }], pageInfo: null } };
    const [table] = show(QUERY, data, [refused('people', 'nodes', 0, 'home')]);
    expect(table!.rows).toEqual([['A', '1', 'GRANT_REQUIRED', 'GRANT_REQUIRED']]);
  });

  it('has no rows where the root itself is refused, and names the refusal', () => {
    const [table] = toTables(QUERY, { people: null }, [refused('people')]);
    expect(table).toMatchObject({ rows: [], error: { message: 'people' } });
    expect(table!.columns).toEqual([
      ['totalCount'],
      ['nodes', 'name'],
      ['nodes', 'phone'],
      ['nodes', 'home', 'address'],
      ['nodes', 'home', 'size'],
      ['pageInfo', 'hasNextPage'],
    ]);
    expect(toTables(QUERY, undefined)[0]!.rows).toEqual([]);
  });

  it('never marks a value that was given', () => {
    const data = { person: { name: 'A', phone: '1' } };
    expect(show('{ person { name phone } }', data, [refused('person', 'phone')])[0]!.rows).toEqual([['A', '1']]);
  });

  it('reads one record, a plain list, lists within a record, aliases and fragments', () => {
    expect(show('{ one: person { name } }', { one: { name: 'A' } })[0]).toMatchObject({
      columns: ['name'],
      rows: [['A']],
    });
    expect(
      show('{ batch { n: name ... on X { k } ...F } } fragment F on X { m }', { batch: [{ n: 'A', m: 2 }, null] })[0],
    ).toMatchObject({
      columns: ['n', 'k', 'm'],
      rows: [
        ['A', '', '2'],
        ['', '', ''],
      ],
    });
    expect(
      show('{ person { name tags homes { size } } }', { person: { name: 'A', tags: ['x', 'y'], homes: null } })[0]!
        .rows,
    ).toEqual([['A', 'x；y', '']]);
    expect(show('{ list { homes { size } } }', { list: [{ homes: [{ size: 1 }, { size: null }] }] })[0]!.rows).toEqual([
      ['1；—'],
    ]);
    expect(show('{ count }', { count: 3 })[0]!.rows).toEqual([['3']]);
  });

  it('makes a table of each root, and marks what is under correction', () => {
    const data = { a: { name: 'A' }, b: [{ name: 'B' }] };
    const tables = show('{ a { name } b { name } }', data, [], [{ path: ['b', 0, 'name'] }]);
    expect(tables.map(({ rows }) => rows)).toEqual([[['A']], [['B!']]]);
  });
});

it('a refusal leads to the form with its items, purpose and mode, and the answers of verification that no grant tells', () => {
  const input = { mode: 'VERIFY', coordinates: ['Resident.phone', 'Resident.name'], verificationDetails: ['PER_ITEM'] };
  expect(applicationAddress(input, 'audit')).toBe(
    '/applications/new?item=Resident.phone&item=Resident.name&scenario=audit&mode=VERIFY&detail=PER_ITEM',
  );
  expect(applicationAddress({ coordinates: ['Resident.phone'] }, undefined)).toBe(
    '/applications/new?item=Resident.phone',
  );
});
