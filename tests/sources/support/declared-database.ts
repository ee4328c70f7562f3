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
      division: { title: 行政区划, column: XZQH, scope: division, dimension: true }
      school: { title: 学校, column: order }
      score: { title: 成绩, column: 成绩, type: Decimal, measure: { bound: 150 } }
      boarding: { title: 住宿, column: 住宿, type: Boolean, dimension: true }
      bornOn: { title: 出生日期, column: 出生日期, type: Date, dimension: { bands: ['2010-01-01', '2012-01-01'] } }
      enrolledAt: { title: 入学时间, column: 入学时间, type: DateTime }
    lists: { pupils: [division, school] }
    lookups: { pupil: [number] }
  Absence:
    title: 缺勤
    resource: { code: 301001/000004, updateCycle: DAILY }
    share: { type: UNCONDITIONAL }
    from: { database: ${source}, table: 缺勤 }
    keys: [[number]]
    items:
      number: { title: 编号, column: 编号, required: true }
      pupil: { title: 学号, column: 学号, subject: PERSON }
      reason: { title: 原因, column: 原因, dimension: true, values: [{ code: '01', title: 病假 }, { code: '02', title: 事假 }] }
      days: { title: 天数, column: 天数, type: Int, measure: { bound: 10 }, verifiable: true }
    lists: { absences: [reason] }
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
      const values = (count: number, row: (at: number) => string) =>
        Array.from({ length: count }, (_, at) => row(at)).join(', ');
      // 400 pupils in two townships, half of them boarding.
      await database.owner(
        `insert into "学生_信息" ("学号", "XZQH", "成绩", "住宿", "出生日期") values ${values(400, (at) => `('T${at}', '35050300${1 + (at % 2)}', ${at % 100}, ${at % 4 < 2}, '${2009 + 2 * (at % 3)}-06-01')`)}`,
      );
      await database.owner(
        `create table "缺勤" ("编号" varchar(20) primary key, "学号" varchar(20), "原因" varchar(10), "天数" int)`,
      );
      // Three days each in two records of 60 pupils, and one of 60 others.
      await database.owner(
        `insert into "缺勤" values ${values(180, (at) => `('A${at}', 'T${at % 120}', '${at % 120 < 60 ? '01' : '02'}', 3)`)}, ('B', null, '01', 3)`,
      );
      await database.grant('"学生_信息"');
      await database.grant('"缺勤"');
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

    it('gives statistics that the source counts', async () => {
      const text = declaration('front-machine', '学生_信息');
      await declared.publish(text);
      await declared.declared.follow();
      const { data, errors } = await declared.ask(text)(`{
        statisticsPupil(by: [BOARDING, DIVISION_TOWNSHIP], where: { division: "350503" }, measures: [SCORE]) {
          cells { boarding division count scoreSum scoreMean scoreMeanError95 } measures { sumErrorMax }
        }
        born: statisticsPupil(by: [BORN_ON]) { cells { bornOn count } }
        statisticsAbsence(by: [REASON], measures: [DAYS]) { cells { reason count daysSum } measures { sumErrorMax } }
      }`);
      expect(errors).toEqual([]);
      type Cell = Readonly<Record<string, never>>;
      const { cells, measures } = data.statisticsPupil as { cells: Cell[]; measures: { sumErrorMax: number }[] };
      const given = cells.filter(({ count }) => count !== null);
      expect(given.map(({ boarding, division }) => `${division} ${boarding}`).sort()).toEqual([
        ...['350503001 false', '350503001 true', '350503002 false', '350503002 true'],
      ]);
      for (const cell of given) {
        // 100 pupils each, of scores about 49.5.
        expect(Math.abs(cell['count']! - 100)).toBeLessThanOrEqual(10);
        expect(Math.abs(cell['scoreSum']! - 4950)).toBeLessThanOrEqual(100 + measures[0]!.sumErrorMax);
        expect(Math.abs(cell['scoreMean']! - 49.5)).toBeLessThanOrEqual(10);
      }
      for (const { count } of data.born.cells as Cell[]) expect(Math.abs(count! - 134)).toBeLessThanOrEqual(24);
      const [ill, away] = data.statisticsAbsence.cells as Cell[];
      for (const [cell, sum] of [
        [ill!, 360],
        [away!, 180],
      ] as const) {
        expect(Math.abs(cell['count']! - 60)).toBeLessThanOrEqual(10);
        expect(Math.abs(cell['daysSum']! - sum)).toBeLessThanOrEqual(data.statisticsAbsence.measures[0].sumErrorMax);
      }
    });

    it('leaves a protected person out of its lists, numbers and comparisons, and counts them in statistics', async () => {
      const text = declaration('front-machine', '学生_信息');
      await declared.publish(text);
      await declared.declared.follow();
      const ask = declared.ask(text);
      const query = `{
        absences(first: 1, reason: "02") { totalCount nodes { pupil } }
        absenceBatch(number: ["A100", "A101"]) { number }
        verifyAbsence(number: "A100", claims: { days: 3 }) { outcome }
      }`;
      const open = await ask(query);
      expect(open.errors).toEqual([]);
      expect(open.data).toEqual({
        absences: { totalCount: 60, nodes: [{ pupil: 'T100' }] },
        absenceBatch: [{ number: 'A100' }, { number: 'A101' }],
        verifyAbsence: { outcome: 'MATCH' },
      });
      const protectedSubjects = [{ owner: 'education', kind: 'PERSON', identifier: 'T100' }] as const;
      expect((await ask(query, { protectedSubjects })).data).toEqual({
        absences: { totalCount: 59, nodes: [{ pupil: 'T101' }] },
        absenceBatch: [null, { number: 'A101' }],
        verifyAbsence: { outcome: 'NOT_CONFIRMED' },
      });
      const counted = '{ statisticsAbsence(by: [REASON]) { cells { reason count } } }';
      expect((await ask(counted, { protectedSubjects })).text).toBe((await ask(counted)).text);
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
      const counted = await declared.ask(text)('{ statisticsPupil(by: [BOARDING]) { cells { count } } }');
      expect(counted.errors).toMatchObject([{ path: ['statisticsPupil'], extensions: { code: 'SOURCE_UNAVAILABLE' } }]);
    });
  });
}
