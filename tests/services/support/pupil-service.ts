import type { Answer } from './service-server.js';

/** Pupils of a service, with calls of each kind. */
export const PUPILS = `version: 1
subgraph: education-gate
department: education
types:
  Pupil:
    title: 学籍信息
    resource: { code: 301001/000012, library: EDUCATION, category: 主题类, updateCycle: REALTIME }
    share: { type: UNCONDITIONAL }
    from:
      service: edu-gate
      success: { at: /code, is: [0] }
      absent: { at: /code, is: [1004] }
      headers: { x-app: sharehub }
      timeoutSeconds: 1
      calls:
        - by: [studentNumber]
          most: 400
          method: POST
          path: /students/query
          body: { ids: '{studentNumber}', with: [all] }
          rows: /data/list
        - { by: [idNumber], path: '/citizens/{idNumber}', rows: /data }
        - { by: [schoolCode], path: /schools, query: { code: '{schoolCode}' }, rows: /data/list }
        - narrow: [division, schoolCode]
          path: /students
          query: { district: '{division}', school: '{schoolCode}', page: '{$page}', size: '{$size}' }
          rows: /data/list
          pages: { by: number, size: 3, total: /data/total, most: 4 }
    keys: [[studentNumber], [idNumber]]
    items:
      studentNumber: { title: 学号, column: xh, required: true }
      idNumber: { title: 身份证号, at: /person/sfzh, mask: IDENTITY }
      name: { title: 姓名, at: /person/name, mask: NAME }
      stage: { title: 学段, values: [{ code: PRIMARY, title: 小学 }, { code: JUNIOR, title: 初中 }] }
      grade: { title: 年级, type: Int }
      schoolCode: { title: 学校代码, column: school }
      division: { title: 行政区划, column: xzqh, scope: division }
      bornOn: { title: 出生日期, type: Date, column: csrq }
      score: { title: 成绩, type: Decimal }
      cardNumber: { title: 卡号, column: card }
      boarding: { title: 是否寄宿, type: Boolean }
      enrolledAt: { title: 入学时间, type: DateTime, column: rxsj }
    lists: { pupils: [division, schoolCode] }
    lookups: { pupil: [studentNumber] }
  School:
    title: 学校
    resource: { code: 301001/000011, library: EDUCATION, category: 主题类, updateCycle: DAILY }
    share: { type: UNCONDITIONAL }
    from:
      service: edu-gate
      success: status
      absent: { status: [404] }
      calls: [{ by: [code], path: '/school/{code}' }]
    keys: [[code]]
    items:
      code: { title: 代码, required: true }
      name: { title: 名称, required: true }
    lookups: { school: [code] }
    relations:
      pupils: { type: Pupil, by: schoolCode, many: true, title: 学生 }
`;

export interface PupilRow {
  readonly xh: string;
  readonly person: { readonly sfzh: string; readonly name: string } | null;
  readonly [member: string]: unknown;
}

/** Six pupils of two schools and two divisions. */
export const PUPIL_ROWS: readonly PupilRow[] = [1, 2, 3, 4, 5, 6].map((n) => ({
  xh: `P${n}`,
  person: { sfzh: `11010120120101001${n}`, name: `张${n}` },
  stage: n % 2 ? 'PRIMARY' : 'JUNIOR',
  grade: n,
  school: n % 2 ? 'S1' : 'S2',
  xzqh: n <= 3 ? '330102' : '330106',
  csrq: '20120101',
  score: 98.5,
  card: `C${n}`,
  boarding: n % 2,
  rxsj: '2020-09-01 08:00:00',
}));

export const listOf = (rows: readonly unknown[], more: object = {}) => ({
  code: 0,
  msg: 'ok',
  data: { list: rows, ...more },
});

/** A service that does as it should. */
export const WELL: Readonly<Record<string, Answer>> = {
  students: ({ body, query, path }) => {
    if (path === '/students/query') return listOf(PUPIL_ROWS.filter(({ xh }) => body.ids.includes(xh)));
    const rows = PUPIL_ROWS.filter(
      ({ xzqh, school }) => String(xzqh).startsWith(query['district'] ?? '') && (query['school'] ?? school) === school,
    );
    const size = Number(query['size']);
    const from = (Number(query['page']) - 1) * size;
    return listOf(rows.slice(from, from + size), { total: rows.length });
  },
  citizens: ({ path }) => {
    const found = PUPIL_ROWS.find(({ person }) => path === `/citizens/${person!.sfzh}`);
    return found ? { code: '0', data: found } : { code: 1004, msg: '查无此人' };
  },
  schools: ({ query }) => listOf(PUPIL_ROWS.filter(({ school }) => school === query['code'])),
  school: ({ path }, response) => {
    const [, , code] = path.split('/');
    if (code === 'S1' || code === 'S2') return { code, name: `${code} 学校` };
    response.statusCode = 404;
    return { error: 'none' };
  },
};
