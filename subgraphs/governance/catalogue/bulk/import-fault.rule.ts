import type { Text } from '../../../../shared/kernel/index.js';

/** Everything for which a file of entries is not taken in. Programs rely on the codes: one is added, never renamed. */
export const IMPORT_FAULT_CODES = {
  FILE_EMPTY: '文件为空',
  FILE_TOO_LARGE: '文件过大',
  FORMAT_WRONG: '文件格式不符',
  ENCODING_INVALID: '编码不支持',
  WORKBOOK_UNREADABLE: '工作簿无法读取',
  CELLS_MERGED: '有合并单元格',
  ROWS_TOO_MANY: '行数过多',
  HEADING_EMPTY: '表头有空列名',
  HEADING_UNKNOWN: '表头有未知的列',
  HEADING_DOUBLE: '表头有重复的列',
  HEADING_MISSING: '表头缺少列',
  ROW_MALFORMED: '本行无法读取',
  CELL_ERROR: '单元格为错误值',
  CELL_FORMULA: '单元格为公式',
  NUMBER_ROUNDED: '长数字末位已丢失',
  VALUE_MISSING: '必填项为空',
  VALUE_UNKNOWN: '不在值域之内',
  VALUE_CONTRADICTS: '与另一列矛盾',
  TEXT_UNFIT: '文本不符合要求',
  NUMBER_INVALID: '数值有误',
  CODE_MALFORMED: '代码格式有误',
  CODE_DOUBLE: '资源代码重复',
  ROWS_DIFFER: '同一资源各行不一致',
  ITEM_DOUBLE: '信息项重复',
  ITEM_UNKNOWN: '无此信息项',
  ITEMS_TOO_MANY: '信息项过多',
  OTHER_DEPARTMENT: '属于其他部门',
  DUTY_UNKNOWN: '无此职能',
  STATED_IN_SCHEMA: '由子图模式载明',
  STATE_UNFIT: '条目状态不符',
  STALE_VERSION: '条目已有变化',
  STATE_SECRET: '涉及国家秘密',
} as const;
export type ImportFaultCode = keyof typeof IMPORT_FAULT_CODES;

/** One thing that is wrong with a file. */
export interface Fault {
  /** Row of the sheet or line of the file, from 1, the heading counts; absent where the file as a whole is meant. */
  readonly row?: number | undefined;
  /** Heading of the column. */
  readonly column?: string | undefined;
  /** Text of the cell. */
  readonly value?: string | undefined;
  readonly code: ImportFaultCode;
  readonly message: Text;
}
