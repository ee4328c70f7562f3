import { defineEnum } from '../../../shared/subgraph/index.js';
import type { FreshnessFlagCode } from './freshness.rule.js';

export const UpdateEvidence = defineEnum('UpdateEvidence', '更新时间来源', {
  SEEN: '平台载入\nA load or pull that the hub carried out.',
  PUSHED: '提供部门报告',
  MEASURED: '平台测得\nThe latest update time in the source itself.',
});
export type UpdateEvidence = keyof typeof UpdateEvidence;

export const FreshnessFlagCodes = defineEnum<FreshnessFlagCode>('FreshnessFlagCode', '数据更新问题代码', {
  CYCLE_MISSING: '未声明更新周期',
  NOT_REAL_TIME: '应当实时更新而未声明为实时',
  WINDOW_NOT_APPROVED: '按季度更新而未经批准',
  INTERVAL_NOT_FILED: '非实时更新而未备案',
});

export const UpdateReportKind = defineEnum('UpdateReportKind', '更新报告种类', {
  UPDATED: '已更新',
  GENERATED: '已产生新数据\nData that is not here yet: from then its days are counted (HZ-7.4c).',
});
export type UpdateReportKind = keyof typeof UpdateReportKind;

export const UpdateExceptionKind = defineEnum('UpdateExceptionKind', '更新例外种类', {
  WINDOW: '按季度集中更新\nIn the days of each quarter that the law names (HZ-7.4d).',
  INTERVAL: '非实时更新\nBy a cycle that fits the need of those who use it (QZ-4.3e).',
});
export type UpdateExceptionKind = keyof typeof UpdateExceptionKind;

export const UpdateExceptionState = defineEnum('UpdateExceptionState', '更新例外状态', {
  PROPOSED: '待批准',
  IN_FORCE: '已生效',
  REFUSED: '未予批准',
  ENDED: '已终止',
});
export type UpdateExceptionState = keyof typeof UpdateExceptionState;
