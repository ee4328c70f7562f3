import { defineEnum } from '../../../shared/subgraph/index.js';

export const AggregationMode = defineEnum('AggregationMode', '汇聚方式', {
  HOSTED: '平台存放\nThe hub keeps its rows.',
  INTERFACE: '接口提供\nThe hub asks its provider for each query.',
  ABSENT: '未接入\nCatalogued, and not provided.',
});
export type AggregationMode = keyof typeof AggregationMode;

export const ExemptionState = defineEnum('ExemptionState', '不汇聚说明状态', {
  STATED: '待确认',
  ACKNOWLEDGED: '已确认',
  REFUSED: '未予确认',
  ENDED: '已终止',
});
export type ExemptionState = keyof typeof ExemptionState;

export const InterfaceRequestState = defineEnum('InterfaceRequestState', '接口需求状态', {
  OPEN: '待提供',
  SUPPLIED: '已提供',
  ENDED: '已撤回',
});
export type InterfaceRequestState = keyof typeof InterfaceRequestState;

export const InterfaceExtensionState = defineEnum('InterfaceExtensionState', '接口延期状态', {
  ASKED: '待审批',
  APPROVED: '已批准',
  REFUSED: '未予批准',
});
export type InterfaceExtensionState = keyof typeof InterfaceExtensionState;
