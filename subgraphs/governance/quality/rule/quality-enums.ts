import type {
  QualityDimension,
  QualityFormat,
  QualityKind,
  QualityObstacle,
  QualityRelation,
} from '../../../../shared/share/quality/quality-rule.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';

export const QualityDimensions = defineEnum<QualityDimension>('QualityDimension', '质量维度\nGB/T 36344-2018', {
  STANDARDISATION: '规范性',
  COMPLETENESS: '完整性',
  ACCURACY: '准确性',
  CONSISTENCY: '一致性',
  TIMELINESS: '时效性',
  ACCESSIBILITY: '可访问性',
});
export const QualityKinds = defineEnum<QualityKind>('QualityRuleKind', '质量规则类型', {
  REQUIRED: '必填',
  FORMAT: '格式',
  VALUES: '代码表',
  RANGE: '值域',
  UNIQUE: '唯一',
  CONSISTENT: '项间一致',
  RECENT: '近期更新',
  REFERENCE: '跨部门引用',
});
export const QualityFormats = defineEnum<QualityFormat>('QualityFormat', '格式标准', {
  IDENTITY_NUMBER: '公民身份号码（GB 11643）',
  CREDIT_CODE: '统一社会信用代码（GB 32100）',
  DIVISION_CODE: '行政区划代码（GB/T 2260）',
  PHONE: '电话号码',
});
export const QualityRelations = defineEnum<QualityRelation>('QualityRelation', '两项的关系', {
  EQUAL: '相等',
  NOT_AFTER: '不晚于（不大于）另一项',
  NOT_BEFORE: '不早于（不小于）另一项',
  BIRTH_DATE: '与身份号码中的出生日期一致',
  SEX: '与身份号码中的性别一致',
});
export const QUALITY_REASONS: Readonly<Record<QualityObstacle, string>> = {
  UNSUPPORTED: '子图不支持质量检查',
  NOT_A_COLUMN: '该项不是单独的数据列',
  TYPE_UNFIT: '该项的类型不适用此规则',
  NOT_SQL: '数据不在数据库中',
  SOURCE_UNAVAILABLE: '数据源不可用',
  TIMED_OUT: '超出时限',
  BAD_ANSWER: '返回的数字不合理',
  ITEM_GONE: '目录中已无该项',
  TARGET_UNFIT: '被引用项不可核对',
  FAILED: '检查失败',
};
export const QualityObstacles = defineEnum<QualityObstacle>(
  'QualityObstacle',
  '未能检查的原因\nNone of them says anything of the data.',
  QUALITY_REASONS,
);
const RULE_STATES = { PROPOSED: '待确认', ACTIVE: '已启用', REFUSED: '不予启用', ENDED: '已终止' } as const;
export type QualityRuleState = keyof typeof RULE_STATES;
export const QualityRuleStates = defineEnum<QualityRuleState>('QualityRuleState', '质量规则状态', RULE_STATES);
