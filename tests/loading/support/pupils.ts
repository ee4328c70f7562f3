import type { TableSpec } from '../../../shared/declaration/index.js';

type Column = TableSpec['columns'][number];
const column = (name: string, title: string, type: Column['type'], extra: Partial<Column> = {}): Column => ({
  name,
  title,
  type,
  required: false,
  headers: [name, title],
  ...extra,
});

/** A hosted table with a column of every kind. */
export const PUPILS: TableSpec = {
  schema: 'education-files',
  table: 'Pupil',
  title: '学籍信息',
  key: ['studentNumber'],
  unique: [],
  indexes: [],
  history: false,
  columns: [
    column('studentNumber', '学号', 'text', { headers: ['studentNumber', '学号', 'xh'] }),
    column('idNumber', '身份证号', 'text', { format: 'IDENTITY_NUMBER', required: true }),
    column('name', '姓名', 'text'),
    column('bornOn', '出生日期', 'date'),
    column('score', '成绩', 'numeric'),
  ],
};
export const HEADING = '学号,身份证号,姓名,出生日期,成绩';

/** Identity numbers with right check characters. */
export const ID_NUMBERS = ['11010519491231002X', '440524188001010014', '110105194912310038'] as const;
