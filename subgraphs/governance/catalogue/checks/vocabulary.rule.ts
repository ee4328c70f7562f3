/** Words of the catalogue, closed. @source 政务信息资源目录编制指南(试行) */
const named = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [K in T]: K };

export const STATES = [
  'DRAFT',
  'SUBMITTED',
  'CHANGES_REQUESTED',
  'APPROVED',
  'PUBLISHED',
  'SUSPENDED',
  'WITHDRAWN',
] as const;
export type CatalogueState = (typeof STATES)[number];
export const States = named(STATES);

/** States in which a revision is still worked on. */
export const OPEN_STATES: readonly CatalogueState[] = ['DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED'];

export const FORMATS = ['DATABASE', 'SPREADSHEET', 'DOCUMENT', 'IMAGE', 'STREAM', 'OTHER'] as const;
export type Format = (typeof FORMATS)[number];
export const Formats = named(FORMATS);

export const METHODS = ['INTERFACE', 'ONLINE_QUERY', 'VERIFICATION', 'TABLE_EXCHANGE', 'FILE', 'BULK'] as const;
export type Method = (typeof METHODS)[number];
export const Methods = named(METHODS);

/** Formats that a method can carry. */
export const CARRIES: Readonly<Record<Method, readonly Format[]>> = {
  INTERFACE: ['DATABASE', 'STREAM'],
  ONLINE_QUERY: ['DATABASE'],
  VERIFICATION: ['DATABASE'],
  TABLE_EXCHANGE: ['DATABASE'],
  FILE: ['SPREADSHEET', 'DOCUMENT', 'IMAGE', 'OTHER'],
  BULK: ['DATABASE', 'SPREADSHEET'],
};

export const UPDATE_CYCLES = ['REALTIME', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'YEARLY', 'IRREGULAR'] as const;

export const OPENNESS = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_OPEN'] as const;
export type Openness = (typeof OPENNESS)[number];
export const OpenTypes = named(OPENNESS);

/** Grades of general data; a grade of state secrets is none of them, and never stored. @source QZ-5.1a, YN-2a */
export const SECURITY_GRADES = ['1', '2', '3', '4'] as const;
const SECRET = /秘密|机密|绝密|涉密|secret/i;

/** Whether a grade is one of state secrets. @source HZ-7.3b, YN-2a */
export const isSecret = (grade: string): boolean => SECRET.test(grade);

/** 类 of a code by its first digit. */
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
  I: '整型',
  F: '浮点型',
} as const;
export type DataType = keyof typeof DATA_TYPES;

const SCALARS: Readonly<Record<string, DataType>> = {
  ...{ String: 'C', ID: 'C', Int: 'I', Float: 'F', Boolean: 'L', BigInt: 'N', Decimal: 'N' },
  ...{ LocalDate: 'D', Date: 'D', DateTime: 'T', DateTimeISO: 'T' },
};

/** The guide's letter for a type as an SDL writes it; what is no scalar is general. */
export const dataTypeOf = (sdlType: string): DataType => SCALARS[sdlType.replace(/[[\]!]/g, '')] ?? 'G';
