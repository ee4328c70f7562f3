import type { FreshnessState as State } from '../../../shared/kernel/index.js';
import { defineEnum } from '../../../shared/subgraph/index.js';

export const FreshnessState = defineEnum<State>('FreshnessState', '数据更新状态', {
  FRESH: '在期限内',
  LATE: '逾期未更新',
  UNKNOWN: '更新时间不详\nNobody has told the hub of an update, and it has seen none.',
  UNLIMITED: '无更新期限\nUpdated without a cycle, so that no day can be missed.',
});
export type FreshnessState = State;
