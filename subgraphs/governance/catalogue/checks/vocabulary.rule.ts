/** The closed lists of words of the catalogue, each with its Chinese name; `entry/catalogue-enums.ts` publishes them.
 *  @source 政务信息资源目录编制指南(试行) */

export const CATALOGUE_STATES = {
  DRAFT: '草稿',
  SUBMITTED: '已提交',
  CHANGES_REQUESTED: '退回修改',
  APPROVED: '审核通过',
  PUBLISHED: '已发布',
  SUSPENDED: '已暂停',
  WITHDRAWN: '已撤销',
} as const;
export type CatalogueState = keyof typeof CATALOGUE_STATES;

/** States in which a revision is still worked on. */
export const OPEN_STATES = ['DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED'] as const satisfies CatalogueState[];

/** States of the revision that is in force, or was until it was suspended. */
export const CURRENT_STATES = ['PUBLISHED', 'SUSPENDED'] as const satisfies CatalogueState[];

export const RESOURCE_KINDS = {
  DATA: '数据资源',
  INTERFACE: '服务接口\nFields that a subgraph serves beside its resources.',
} as const;
export type ResourceKind = keyof typeof RESOURCE_KINDS;

export const FORMATS = {
  DATABASE: '数据库',
  SPREADSHEET: '电子表格',
  DOCUMENT: '电子文档',
  IMAGE: '图形图像',
  STREAM: '流媒体',
  SELF_DESCRIBED: '自描述格式',
  OTHER: '其他',
} as const;
export type Format = keyof typeof FORMATS;

export const METHODS = {
  INTERFACE: '接口服务',
  ONLINE_QUERY: '在线查询',
  VERIFICATION: '比对核查',
  TABLE_EXCHANGE: '库表交换',
  FILE: '文件',
  BULK: '批量交换',
  MAIL: '邮件',
  MEDIA: '介质交换',
} as const;
export type Method = keyof typeof METHODS;

/** Formats that a method can carry. */
export const CARRIED_FORMATS: Readonly<Record<Method, readonly Format[]>> = {
  INTERFACE: ['DATABASE', 'STREAM'],
  ONLINE_QUERY: ['DATABASE'],
  VERIFICATION: ['DATABASE'],
  TABLE_EXCHANGE: ['DATABASE'],
  FILE: ['SPREADSHEET', 'DOCUMENT', 'IMAGE', 'SELF_DESCRIBED', 'OTHER'],
  BULK: ['DATABASE', 'SPREADSHEET'],
  MAIL: ['SPREADSHEET', 'DOCUMENT', 'IMAGE', 'SELF_DESCRIBED', 'OTHER'],
  MEDIA: ['DATABASE', 'SPREADSHEET', 'DOCUMENT', 'IMAGE', 'STREAM', 'SELF_DESCRIBED', 'OTHER'],
};

export const UPDATE_CYCLES = {
  REALTIME: '实时',
  DAILY: '每日',
  WEEKLY: '每周',
  MONTHLY: '每月',
  QUARTERLY: '每季度',
  HALF_YEARLY: '每半年',
  YEARLY: '每年',
  IRREGULAR: '不定期',
} as const;
export type UpdateCycle = keyof typeof UPDATE_CYCLES;

/** Reports whether a text is an update cycle; a schema may write any text there. */
export const isUpdateCycle = (text: string): text is UpdateCycle => Object.hasOwn(UPDATE_CYCLES, text);

export const OPENNESS = {
  UNCONDITIONAL: '无条件开放',
  CONDITIONAL: '有条件开放',
  NOT_OPEN: '不予开放',
} as const;
export type Openness = keyof typeof OPENNESS;

/** Grades of general data; a grade of state secrets is none of them, and never stored. @source QZ-5.1a, YN-2a */
export const SECURITY_GRADES: readonly string[] = ['1', '2', '3', '4'];
const SECRET = /秘密|机密|绝密|涉密|secret/i;

/** Reports whether a grade is one of state secrets. @source HZ-7.3b, YN-2a */
export const isSecret = (grade: string): boolean => SECRET.test(grade);

/** Categories (类) of codes by their first digit. */
export const CATEGORIES: Readonly<Record<string, string>> = { '1': '基础类', '2': '主题类', '3': '部门类' };

/** 类 (1), 项 (2), 目 (3), 细目 (0 to 8 digits), and the sequence number behind the slash. */
export const CODE = /^[1-9]\d{5}\d{0,8}\/\d{1,10}$/;

/** Data types of items by the guide's letters. */
export const DATA_TYPES = {
  C: '字符型',
  N: '数值型',
  Y: '货币型',
  D: '日期型',
  T: '日期时间型',
  L: '逻辑型',
  M: '备注型',
  G: '通用型',
  B: '双精度型',
  I: '整型',
  F: '浮点型',
} as const;
export type DataType = keyof typeof DATA_TYPES;

const SCALARS: Readonly<Record<string, DataType>> = {
  String: 'C',
  ID: 'C',
  Int: 'I',
  Float: 'F',
  Boolean: 'L',
  BigInt: 'N',
  Decimal: 'N',
  LocalDate: 'D',
  Date: 'D',
  DateTime: 'T',
  DateTimeISO: 'T',
};

/** The guide's letter for a type as an SDL writes it; a type that is no scalar is general (G). */
export const toDataType = (sdlType: string): DataType => SCALARS[sdlType.replace(/[[\]!]/g, '')] ?? 'G';
