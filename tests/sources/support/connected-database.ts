import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/core';
import type { SourceConnection } from '../../../shared/sources/source-connection.js';
import { sourceOrm } from '../../../shared/sources/source-orm.js';
import { startTestSubgraph, type TestSubgraph } from '../../../shared/subgraph/testing/index.js';
import { createPupils, Pupil, pupilRows, PUPILS, schoolSubgraph } from './school.js';
import type { SourceDatabase } from './source-database.js';

/** What the kit promises of rows, over a department's own database. */
export function describeConnectedDatabase(create: () => Promise<SourceDatabase>): void {
  describe('rows of a connected database', () => {
    let database: SourceDatabase;
    let connection: SourceConnection;
    let orm: MikroORM;
    let school: TestSubgraph;
    const statements: string[] = [];

    beforeAll(async () => {
      database = await create();
      await database.owner(createPupils(database.kind));
      await database.owner('create index pupil_school on "学生_信息" ("order", "学号")');
      for (const row of pupilRows())
        await database.owner(
          `insert into "学生_信息" values (${row.map((_, at) => (database.kind === 'MARIADB' ? '?' : `$${at + 1}`)).join(', ')})`,
          row,
        );
      await database.grant('"学生_信息"');
      connection = database.connect();
      const query = connection.query.bind(connection);
      connection.query = (sql, values) => {
        statements.push(sql);
        return query(sql, values);
      };
      orm = sourceOrm(connection, [{ table: PUPILS, class: Pupil }]);
      school = await startTestSubgraph(schoolSubgraph, { sources: [orm] });
    });
    afterAll(async () => {
      await school?.stop();
      await orm?.close();
      await connection?.end();
      await database?.drop();
    });
    beforeEach(() => void (statements.length = 0));

    it('keeps exact numbers, dates and Chinese names', async () => {
      const { records, errors } = await school.entities(
        'Pupil',
        [{ number: 'S000' }],
        'name score serial boarding bornOn enrolledAt grade',
      );
      expect(errors).toEqual([]);
      expect(records).toEqual([
        {
          name: '学生0',
          score: '1234567890123456.7800',
          serial: '9007199254740993',
          boarding: true,
          bornOn: '2012-02-29',
          enrolledAt: '2024-09-01T00:00:00.000Z',
          grade: 0,
        },
      ]);
    });

    it('asks for the wanted columns alone, and for all keys in one statement', async () => {
      const numbers = Array.from({ length: 100 }, (_, at) => ({ number: `S${String(99 - at).padStart(3, '0')}` }));
      const { records } = await school.entities('Pupil', numbers, 'name');
      expect(records.filter((record) => record !== null)).toHaveLength(12);
      expect(records[99]).toEqual({ name: '学生0' });
      expect(statements).toHaveLength(1);
      expect(statements[0]).not.toMatch(/成绩|XZQH/);
    });

    it('finds no record by a key that is equal for the database only', async () => {
      const { records } = await school.entities(
        'Pupil',
        [{ number: 's000' }, { number: 'S000 ' }, { number: 'S001' }],
        'name',
      );
      expect(records).toEqual([null, null, { name: '学生1' }]);
    });

    it('reads page after page in the order of the key, and of another column', async () => {
      const page = async (after: string | null, by?: string) => {
        const { data, errors } = await school.ask(
          'query ($after: String, $by: String) { pupils(first: 5, after: $after, by: $by) { nodes { number grade } pageInfo { endCursor hasNextPage } } }',
          { variables: { after, by } },
        );
        expect(errors).toEqual([]);
        return (
          data as {
            pupils: {
              nodes: { number: string; grade: number }[];
              pageInfo: { endCursor: string; hasNextPage: boolean };
            };
          }
        ).pupils;
      };
      for (const by of [undefined, 'grade']) {
        const grades: number[] = [];
        let after: string | null = null;
        for (;;) {
          const { nodes, pageInfo } = await page(after, by);
          grades.push(...nodes.map(({ grade }) => grade));
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        const all = Array.from({ length: 12 }, (_, at) => at);
        expect(grades).toEqual(by === undefined ? all : all.toReversed());
      }
    });

    it('narrows a list by an item', async () => {
      const { data } = await school.ask('{ pupils(first: 10, school: "B") { nodes { number } } }');
      expect(data).toMatchObject({
        pupils: { nodes: [{ number: 'S001' }, { number: 'S004' }, { number: 'S007' }, { number: 'S010' }] },
      });
    });

    it('takes what looks like SQL for a value', async () => {
      for (const school_ of [`B' or '1'='1`, `\\' or 1=1 -- `, 'B"; drop table x', '\\']) {
        const { data, errors } = await school.ask(
          'query ($school: String) { pupils(first: 10, school: $school) { nodes { number } } }',
          {
            variables: { school: school_ },
          },
        );
        expect(errors).toEqual([]);
        expect(data).toEqual({ pupils: { nodes: [] } });
      }
    });

    it('reads the first children of several parents in one statement', async () => {
      const { records } = await school.entities(
        'School',
        [{ code: 'A' }, { code: 'none' }, { code: 'C' }],
        'paged(first: 2) { nodes { number } pageInfo { hasNextPage } }',
      );
      expect(records).toEqual([
        { paged: { nodes: [{ number: 'S000' }, { number: 'S003' }], pageInfo: { hasNextPage: true } } },
        { paged: { nodes: [], pageInfo: { hasNextPage: false } } },
        { paged: { nodes: [{ number: 'S002' }, { number: 'S005' }], pageInfo: { hasNextPage: true } } },
      ]);
      expect(statements).toHaveLength(1);
    });

    it('refuses a list with more rows than it is given with', async () => {
      const { errors } = await school.entities('School', [{ code: 'A' }], 'all { number }');
      expect(errors).toMatchObject([{ extensions: { code: 'LIST_TOO_LONG' } }]);
    });

    it('cuts rows by division, in lists, references and children', async () => {
      const context = { rows: { Pupil: ['350503'] } };
      const { records } = await school.entities('Pupil', [{ number: 'S000' }, { number: 'S001' }], 'name', { context });
      expect(records).toEqual([null, { name: '学生1' }]);
      const list = await school.ask('{ pupils(first: 3) { nodes { school } } }', { context });
      expect(list.data).toEqual({ pupils: { nodes: [{ school: 'B' }, { school: 'C' }, { school: 'B' }] } });
      const children = await school.entities(
        'School',
        [{ code: 'A' }, { code: 'B' }],
        'paged(first: 1) { nodes { number } }',
        { context },
      );
      expect(children.records).toEqual([{ paged: { nodes: [] } }, { paged: { nodes: [{ number: 'S001' }] } }]);
    });

    it('shows an item within its own divisions alone', async () => {
      const context = { scopes: { 'Pupil.name': ['350502'] } };
      const { records, errors } = await school.entities(
        'Pupil',
        [{ number: 'S000' }, { number: 'S001' }],
        'name grade',
        { context },
      );
      expect(records).toEqual([
        { name: '学生0', grade: 0 },
        { name: null, grade: 1 },
      ]);
      expect(errors).toMatchObject([{ extensions: { code: 'OUT_OF_SCOPE' } }]);
    });

    it('gives nothing for a prefix that is no division', async () => {
      const context = { rows: { Pupil: ['%'] } };
      const { records } = await school.entities('School', [{ code: 'A' }], 'paged(first: 1) { nodes { number } }', {
        context,
      });
      expect(records).toEqual([{ paged: { nodes: [] } }]);
      expect((await school.entities('Pupil', [{ number: 'S000' }], 'name', { context })).records).toEqual([null]);
    });

    it('changes nothing, even for an account that may', async () => {
      await database.grant('"学生_信息"', 'update, delete');
      await expect(orm.em.fork().nativeUpdate(Pupil, { number: 'S000' }, { grade: 9 })).rejects.toThrow();
      for (const sql of ['update "学生_信息" set "年级" = 9', 'delete from "学生_信息"'])
        await expect(
          connection.look(database.kind === 'MARIADB' ? sql.replaceAll('"', '`') : sql),
        ).rejects.toMatchObject({ code: 'FAILED' });
      const [row] = await database.owner('select "年级" as grade from "学生_信息" where "学号" = \'S000\'');
      expect(row).toEqual({ grade: 0 });
    });
  });
}
