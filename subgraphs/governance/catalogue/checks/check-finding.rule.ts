import type { Text } from '../../../../shared/kernel/index.js';

/** Everything that a check can find, each with its Chinese name. Programs rely on the codes: one is added, never renamed. */
export const CHECK_CODES = {
  ATTRIBUTE_MISSING: '缺少属性',
  BASIC_ITEM_RESTRICTED: '基础信息项受限',
  BASIS_MISSING: '缺少依据',
  BASIS_NOT_ACCEPTED: '依据不符合要求',
  CODE_MALFORMED: '代码格式有误',
  CODE_OF_OTHER_CATEGORY: '代码与分类不符',
  DUTY_UNNAMED: '未列职能',
  FORMAT_UNFIT: '格式与提供方式不符',
  ITEM_REPEATED: '信息项重复',
  METHOD_UNFIT: '提供方式不符',
  NAME_OF_SYSTEM: '名称为系统名称',
  NEAR_DUPLICATE: '疑似重复',
  OPENNESS_BASIS_MISSING: '缺少开放属性依据',
  REASON_MISSING: '缺少理由',
  SHARE_TYPE_UNKNOWN: '共享类型不明',
  SOURCE_NOT_UNIQUE: '一数多源',
  STATE_SECRET: '涉及国家秘密',
  SUPPLEMENT_REPEATS: '补充目录重复',
  UPDATE_CYCLE_UNKNOWN: '更新周期不明',
} as const;
export type CheckCode = keyof typeof CHECK_CODES;

export const SEVERITIES = {
  ERROR: '错误\nHolds the entry up.',
  WARNING: '提示\nDoes not hold the entry up.',
} as const;
export type Severity = keyof typeof SEVERITIES;

/** One thing that is wrong or doubtful with an entry. */
export interface CheckFinding {
  readonly code: CheckCode;
  readonly severity: Severity;
  readonly message: Text;
  /** Clauses it rests on; none where it is a rule of the hub's own. */
  readonly clauses: readonly string[];
  /** Attribute of the entry, or item. */
  readonly at?: string;
}

export const reportError = (
  code: CheckCode,
  message: Text,
  clauses: readonly string[] = [],
  at?: string,
): CheckFinding => ({ code, severity: 'ERROR', message, clauses, ...(at !== undefined && { at }) });

export const reportWarning = (
  code: CheckCode,
  message: Text,
  clauses: readonly string[] = [],
  at?: string,
): CheckFinding => ({ ...reportError(code, message, clauses, at), severity: 'WARNING' });
