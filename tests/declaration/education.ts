/** A declaration of the education bureau: two types of its own, and pupils beside the residents of another department. */
export const EDUCATION = `version: 1
subgraph: education-files
department: education
types:
  Pupil:
    title: 学籍信息
    description: 在籍学生的学籍。
    resource: { code: 301001/000002, library: EDUCATION, category: 主题类, updateCycle: DAILY }
    share: { type: CONDITIONAL, condition: 依申请, basis: [义务教育法] }
    from: { hosted: { history: true } }
    keys: [[studentNumber], [idNumber]]
    items:
      studentNumber: { title: 学号, column: xh, required: true, share: { type: UNCONDITIONAL } }
      idNumber:
        title: 身份证号
        format: IDENTITY_NUMBER
        column: sfzh
        headings: [公民身份号码]
        subject: PERSON
        mask: IDENTITY
      name: { title: 姓名, required: true, share: { type: UNCONDITIONAL }, mask: NAME }
      stage:
        title: 学段
        values: [{ code: PRIMARY, title: 小学 }, { code: JUNIOR, title: 初中 }]
        share: { type: UNCONDITIONAL }
        dimension: true
      grade: { title: 年级, type: Int, share: { type: UNCONDITIONAL } }
      schoolCode: { title: 学校代码, share: { type: UNCONDITIONAL } }
      division: { title: 行政区划, format: DIVISION_CODE, required: true, scope: division, share: { type: UNCONDITIONAL } }
      bornOn: { title: 出生日期, type: Date }
      score: { title: 成绩, type: Decimal, measure: { bound: 150 } }
      boarding: { title: 是否寄宿, type: Boolean, verifiable: true }
      enrolledAt: { title: 入学时间, type: DateTime }
      hardship: { title: 困难情况, share: { type: NOT_SHARED, basis: [个人信息保护法 第二十八条] } }
    lists: { pupils: [division, stage, schoolCode] }
    lookups: { pupil: [studentNumber] }
    relations:
      resident: { type: Resident, key: { idNumber: idNumber }, title: 居民 }
      school: { type: School, key: { code: schoolCode }, title: 学校 }
  School:
    title: 学校名录
    resource: { code: 301001/000001, library: EDUCATION, category: 主题类, updateCycle: YEARLY }
    share: { type: UNCONDITIONAL }
    from: { hosted: {} }
    keys: [[code]]
    items:
      code: { title: 学校代码, required: true }
      name: { title: 学校名称, required: true }
    lookups: { school: [code] }
    relations:
      pupils: { type: Pupil, by: schoolCode, many: pages, title: 学生 }
extends:
  Resident:
    key: { idNumber: String }
    relations:
      pupil: { type: Pupil, by: idNumber, title: 学籍 }
`;

/** The same declaration with a part replaced. */
export function educationWith(part: string, other: string): string {
  if (!EDUCATION.includes(part)) throw new Error(`The declaration has no ${part}.`);
  return EDUCATION.replace(part, other);
}
