import type { SourceTable } from './source-table.js';

const column = (name: string, required = false, type: SourceTable['columns'][number]['type'] = 'String') => ({
  ...{ name, required, type },
  samples: [],
});

/** Example table for a department that has neither a database nor a file yet. Its name is no type's of governance, so that the
 *  draft can be published as it is called. */
export const EXAMPLE: SourceTable = {
  name: 'enrolment',
  comment: '报名信息',
  columns: [
    column('登记编号', true),
    column('公民身份号码'),
    column('姓名'),
    column('行政区划'),
    column('登记日期', false, 'Date'),
  ],
  keys: [['登记编号']],
  indexed: 'ALL',
  references: [],
};
