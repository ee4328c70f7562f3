import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseServer } from '../../shared/database/index.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import type { AskSubgraph } from '../../shared/subgraph/testing/index.js';
import { openTestServer } from '../support/test-database.js';
import { EDUCATION } from './education.js';
import { DeclaredProcess } from './support/declared-process.js';

let server: DatabaseServer;
let process: DeclaredProcess;
let ask: AskSubgraph;

beforeAll(async () => {
  server = await openTestServer();
  process = await DeclaredProcess.start(server);
  await process.publish(EDUCATION);
  await process.declared.follow();
  ask = process.ask(EDUCATION);
  await process.rows.query(`
    insert into "education-files"."School" (code, name) values ('S1', '第一小学'), ('S2', '第二中学');
    insert into "education-files"."Pupil"
      ("studentNumber", "idNumber", name, stage, grade, "schoolCode", division, "bornOn", score, boarding, "enrolledAt", hardship)
    values
      ('P1', '110101201001010014', '张三', 'PRIMARY', 3, 'S1', '110101', '2010-01-01', 98.50, true, '2020-09-01T08:00:00Z', null),
      ('P2', '330102201002020029', '李四', 'JUNIOR', 7, 'S2', '330102', '2010-02-02', 12345678901234567890.123, false, null, '低保'),
      ('P3', null, '王五', 'PRIMARY', null, 'S1', '330102', null, null, null, null, null);
    insert into "education-files"."Pupil" ("studentNumber", name, division, _deleted_at) values ('P4', '已删除', '110101', now())`);
});
afterAll(async () => {
  await process?.stop();
  await server?.stop();
});
beforeEach(() => {
  process.statements.length = process.faults.length = 0;
});

describe('a declared subgraph', () => {
  it('answers nobody but the hub', async () => {
    expect(await ask('{ pupil(studentNumber: "P1") { name } }', { token: 'none' })).toMatchObject({ status: 401 });
    const foreign = process.ask(EDUCATION, { audience: 'population' });
    expect(await foreign('{ pupil(studentNumber: "P1") { name } }')).toMatchObject({ status: 401 });
  });

  it('cuts rows, fields and values at the source as a grant says', async () => {
    const pupils = '{ pupils { nodes { studentNumber idNumber name } } }';
    const cut = await ask(pupils, { context: { rows: { Pupil: ['3301'] } } });
    expect(cut.data.pupils.nodes.map((pupil: { name: string }) => pupil.name)).toEqual(['李四', '王五']);
    const scoped = await ask(pupils, { context: { scopes: { 'Pupil.idNumber': ['1101'] } } });
    expect(scoped.data.pupils.nodes.map((pupil: { idNumber: string }) => pupil.idNumber)).toEqual([
      ...['110101201001010014', null, null],
    ]);
    expect(scoped.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_SCOPE', 'OUT_OF_SCOPE']);
    const masked = await ask(pupils, { context: { masks: { 'Pupil.idNumber': 'IDENTITY', 'Pupil.name': 'NAME' } } });
    expect(masked.data.pupils.nodes[0]).toMatchObject({ idNumber: '110101***********4', name: '张*' });
  });

  it('looks records up by a list of keys', async () => {
    const { data } = await ask('{ pupilBatch(studentNumber: ["P2", "P4", "P1", "P2"]) { name } }');
    expect(data.pupilBatch).toEqual([{ name: '李四' }, null, { name: '张三' }, { name: '李四' }]);
    expect(process.statements).toHaveLength(1);
  });

  it('leaves out the records of a protected subject, and none that name nobody', async () => {
    const protectedSubjects = [{ owner: 'education', kind: 'PERSON', identifier: '330102201002020029' }] as const;
    const { data } = await ask(
      `{ pupils { nodes { name } totalCount } pupil(studentNumber: "P2") { name } pupilBatch(studentNumber: ["P1", "P2"]) { name }
        school(code: "S2") { pupils { nodes { name } totalCount } } }`,
      { protectedSubjects },
    );
    expect(data).toEqual({
      pupils: { nodes: [{ name: '张三' }, { name: '王五' }], totalCount: 2 },
      pupil: null,
      pupilBatch: [{ name: '张三' }, null],
      school: { pupils: { nodes: [], totalCount: 0 } },
    });
  });

  it('gives a protected record no place on the page of its parent', async () => {
    await process.rows.query(`insert into "education-files"."Pupil" ("studentNumber", name, division, "schoolCode")
      values ('P8', '赵六', '330102', 'S1')`);
    const { data } = await ask(
      '{ school(code: "S1") { pupils(first: 1) { nodes { name } pageInfo { hasNextPage } } } }',
      {
        protectedSubjects: [{ owner: 'education', kind: 'PERSON', identifier: '110101201001010014' }],
      },
    );
    await process.rows.query(`delete from "education-files"."Pupil" where "studentNumber" = 'P8'`);
    expect(data.school.pupils).toEqual({ nodes: [{ name: '王五' }], pageInfo: { hasNextPage: true } });
  });

  it('reads only what is asked for, and nothing that was deleted', async () => {
    const { data } = await ask('{ pupils(first: 10) { nodes { name } pageInfo { hasNextPage } } }');
    expect(data.pupils.nodes).toHaveLength(3);
    expect(process.statements).toHaveLength(1);
    expect(process.statements[0]).not.toMatch(/hardship|score|_deleted_at/);
    expect((await ask('{ pupil(studentNumber: "P4") { name } }')).data.pupil).toBeNull();
  });

  it('gives every type of item exactly', async () => {
    const { data, errors } = await ask(
      '{ pupil(studentNumber: "P2") { idNumber stage grade division bornOn score boarding enrolledAt hardship } one: pupil(studentNumber: "P1") { score enrolledAt } }',
    );
    expect(errors).toEqual([]);
    expect(data.pupil).toEqual({
      idNumber: '330102201002020029',
      stage: 'JUNIOR',
      grade: 7,
      division: '330102',
      bornOn: '2010-02-02',
      score: '12345678901234567890.123',
      boarding: false,
      enrolledAt: null,
      hardship: '低保',
    });
    expect(data.one).toEqual({ score: '98.50', enrolledAt: '2020-09-01T08:00:00.000Z' });
  });

  it('narrows a list by its items, a division at any level, and goes on page by page', async () => {
    const namesOf = async (list: string) => {
      const { data, errors } = await ask(`{ pupils(${list}) { nodes { studentNumber } pageInfo { endCursor } } }`);
      expect(errors).toEqual([]);
      return {
        ids: data.pupils.nodes.map((pupil: { studentNumber: string }) => pupil.studentNumber),
        ...data.pupils.pageInfo,
      };
    };
    expect((await namesOf('division: "33", stage: PRIMARY')).ids).toEqual(['P3']);
    expect((await namesOf('schoolCode: "S1"')).ids).toEqual(['P1', 'P3']);
    const { endCursor } = await namesOf('division: "33", first: 1');
    expect((await namesOf(`division: "33", first: 1, after: "${endCursor}"`)).ids).toEqual(['P3']);
    const { errors } = await ask('{ pupils(division: "none") { nodes { name } } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('relates its own types both ways, and batches', async () => {
    const { data, errors } = await ask(
      '{ pupils { nodes { name school { name pupils(first: 1) { nodes { studentNumber } pageInfo { hasNextPage } } } } } }',
    );
    expect(errors).toEqual([]);
    expect(data.pupils.nodes.map((pupil: { school: object }) => pupil.school)).toEqual([
      { name: '第一小学', pupils: { nodes: [{ studentNumber: 'P1' }], pageInfo: { hasNextPage: true } } },
      { name: '第二中学', pupils: { nodes: [{ studentNumber: 'P2' }], pageInfo: { hasNextPage: false } } },
      { name: '第一小学', pupils: { nodes: [{ studentNumber: 'P1' }], pageInfo: { hasNextPage: true } } },
    ]);
    expect(process.statements).toHaveLength(3);
  });

  it("refers to other departments' records, and adds to them, a hundred in one statement", async () => {
    const { data } = await ask('{ pupils { nodes { resident { __typename idNumber } } } }');
    expect(data.pupils.nodes.map((pupil: { resident: object | null }) => pupil.resident)).toEqual([
      { __typename: 'Resident', idNumber: '110101201001010014' },
      { __typename: 'Resident', idNumber: '330102201002020029' },
      null,
    ]);
    process.statements.length = 0;
    const representations = Array.from({ length: 100 }, (_, i) => ({
      __typename: 'Resident',
      idNumber: i === 50 ? '330102201002020029' : `x${i}`,
    }));
    const entities = await ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { idNumber pupil { name } } } }',
      { variables: { r: representations } },
    );
    expect(entities.data._entities[50]).toEqual({ idNumber: '330102201002020029', pupil: { name: '李四' } });
    expect(entities.data._entities[0].pupil).toBeNull();
    expect(process.statements).toHaveLength(1);
  });

  it('resolves references by each of its keys', async () => {
    const { data } = await ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Pupil { name } ... on School { name } } }',
      {
        variables: {
          r: [
            { __typename: 'Pupil', idNumber: '110101201001010014' },
            { __typename: 'School', code: 'S2' },
            { __typename: 'Pupil', studentNumber: 'P4' },
          ],
        },
      },
    );
    expect(data._entities).toEqual([{ name: '张三' }, { name: '第二中学' }, null]);
  });
});

describe('the schema of a declaration', () => {
  const build = () => buildDeclaredGraph(parseDeclaration(EDUCATION).declaration!).built.sdl;

  it('is the same whenever it is built', () => {
    expect(build()).toBe(build());
  });

  it('states every share type, and nothing restricted that is never null', () => {
    const sdl = build();
    expect(sdl).toContain(
      'idNumber: String @share(type: CONDITIONAL'.replace(' @share(type: CONDITIONAL', ' @subject'),
    );
    expect(sdl).toMatch(/resident: Resident @share\(type: CONDITIONAL, basis: \["义务教育法"\], condition: "依申请"\)/);
    expect(sdl).toMatch(/pupil: Pupil @share\(type: CONDITIONAL, .*provider: "education"\)/);
    expect(sdl).toMatch(/score: Decimal @measure/);
    expect(sdl).toMatch(/studentNumber: String! @share\(type: UNCONDITIONAL\)/);
    expect(sdl).toMatch(/pupils\([^)]*division: String @filters\(field: "Pupil.division"\)/);
  });

  it("has the page type that the kit's classes have", () => {
    const pageInfo = (sdl: string) => /"""分页信息"""\ntype PageInfo[^}]+\}/.exec(sdl)?.[0];
    expect(pageInfo(build())).toBe(pageInfo(readFileSync('schema/subgraphs/licence.graphql', 'utf8')));
    expect(pageInfo(build())).toBeDefined();
  });
});
