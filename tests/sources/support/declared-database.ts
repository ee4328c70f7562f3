import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DatabaseServer } from '../../../shared/database/index.js';
import { ConnectedSources } from '../../../shared/sources/connected-sources.js';
import { connectedRows } from '../../../subgraphs/declared/connected-rows.js';
import { DeclaredProcess } from '../../declaration/support/declared-process.js';
import { openTestServer } from '../../support/test-database.js';
import { createPupils, pupilRows } from './school.js';
import { HOSTS, type SourceDatabase } from './source-database.js';
import { KEYS, sealed } from './watched-source.js';

const declaration = (source: string, table: string) => `version: 1
subgraph: school-files
department: education
types:
  Pupil:
    title: 学籍信息
    resource: { code: 301001/000002, updateCycle: DAILY }
    share: { type: UNCONDITIONAL }
    from: { database: ${source}, table: ${table} }
    keys: [[number]]
    items:
      number: { title: 学号, column: 学号, required: true }
      name: { title: 姓名, column: 姓名 }
      division: { title: 行政区划, column: XZQH, scope: division }
      school: { title: 学校, column: order }
      score: { title: 成绩, column: 成绩, type: Decimal }
      boarding: { title: 住宿, column: 住宿, type: Boolean }
      bornOn: { title: 出生日期, column: 出生日期, type: Date }
      enrolledAt: { title: 入学时间, column: 入学时间, type: DateTime }
    lists: { pupils: [division, school] }
    lookups: { pupil: [number] }
  Remark:
    title: 备注
    resource: { code: 301001/000003, updateCycle: DAILY }
    share: { type: UNCONDITIONAL }
    from: { hosted: {} }
    keys: [[number]]
    items: { number: { title: 学号, required: true }, text: { title: 备注 } }
    lookups: { remark: [number] }
`;

/** A declaration whose rows are in a department's own database, beside hosted ones. */
export function describeDeclaredDatabase(create: () => Promise<SourceDatabase>): void {
  describe('a declaration over a connected database', () => {
    let database: SourceDatabase;
    let server: DatabaseServer;
    let sources: ConnectedSources;
    let declared: DeclaredProcess;

    beforeAll(async () => {
      database = await create();
      await database.owner(createPupils(database.kind));
      for (const row of pupilRows())
        await database.owner(
          `insert into "学生_信息" values (${row.map((_, at) => (database.kind === 'MARIADB' ? '?' : `$${at + 1}`)).join(', ')})`,
          row,
        );
      await database.grant('"学生_信息"');
      sources = new ConnectedSources({ hosts: HOSTS, keys: KEYS, timeZone: 'Asia/Shanghai', lookMs: 50, retryMs: 50 });
      await sources.register([await sealed(database.source)]);
      server = await openTestServer();
      declared = await DeclaredProcess.start(server, { sources: [connectedRows(sources)] });
    });
    afterAll(async () => {
      await declared?.stop();
      await sources?.stop();
      await database?.drop();
      await server?.stop();
    });

    it('answers from the table of the source', async () => {
      const text = declaration('front-machine', '学生_信息');
      await declared.publish(text);
      await declared.declared.follow();
      const ask = declared.ask(text);
      const { data, errors } = await ask(
        '{ pupil(number: "S000") { name score boarding bornOn enrolledAt } pupils(first: 2, division: "350503") { nodes { number } } }',
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({
        pupil: {
          name: '学生0',
          score: '1234567890123456.7800',
          boarding: true,
          bornOn: '2012-02-29',
          enrolledAt: '2024-09-01T00:00:00.000Z',
        },
        pupils: { nodes: [{ number: 'S001' }, { number: 'S002' }] },
      });
    });

    it('refuses the rows of a source that is not there, and answers the others', async () => {
      const text = declaration('nowhere', '学生_信息');
      await declared.publish(text);
      await declared.declared.follow();
      expect(declared.declared.held()).toEqual([]);
      const { data, errors } = await declared.ask(text)(
        '{ pupil(number: "S000") { name } remark(number: "S000") { text } }',
      );
      expect(data).toEqual({ pupil: null, remark: null });
      expect(errors).toMatchObject([{ path: ['pupil'], extensions: { code: 'SOURCE_UNAVAILABLE' } }]);
    });
  });
}
