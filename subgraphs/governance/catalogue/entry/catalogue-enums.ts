import type { ShareType } from '../../../../shared/kernel/index.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import { CHECK_CODES, SEVERITIES } from '../checks/check-finding.rule.js';
import {
  CATALOGUE_STATES,
  DATA_TYPES,
  FORMATS,
  METHODS,
  OPENNESS,
  RESOURCE_KINDS,
  UPDATE_CYCLES,
} from '../checks/vocabulary.rule.js';

export const CatalogueState = defineEnum('CatalogueState', '目录状态', CATALOGUE_STATES);
export type CatalogueState = keyof typeof CatalogueState;

export const ResourceKind = defineEnum('ResourceKind', '目录条目种类', RESOURCE_KINDS);
export type ResourceKind = keyof typeof ResourceKind;

/** `ShareType` itself is the word of the `@share` directive, which composition takes out of the consumers' schema. */
export const ItemShareType = defineEnum<ShareType>('ItemShareType', '共享类型', {
  UNCONDITIONAL: '无条件共享',
  CONDITIONAL: '有条件共享',
  NOT_SHARED: '不予共享或者暂不共享',
});

export const CatalogueFormat = defineEnum('CatalogueFormat', '信息资源格式', FORMATS);
export type CatalogueFormat = keyof typeof CatalogueFormat;

export const ProvisionMethod = defineEnum('ProvisionMethod', '提供方式', METHODS);
export type ProvisionMethod = keyof typeof ProvisionMethod;

export const UpdateCycle = defineEnum('UpdateCycle', '更新周期', UPDATE_CYCLES);
export type UpdateCycle = keyof typeof UpdateCycle;

export const Openness = defineEnum('Openness', '开放属性', OPENNESS);
export type Openness = keyof typeof Openness;

export const ItemDataType = defineEnum(
  'ItemDataType',
  '信息项数据类型\nThe letters of the national guide.',
  DATA_TYPES,
);
export type ItemDataType = keyof typeof ItemDataType;

export const CheckCode = defineEnum('CheckCode', '目录检查结果代码\nStable; programs may rely on it.', CHECK_CODES);
export type CheckCode = keyof typeof CheckCode;

export const FindingSeverity = defineEnum('FindingSeverity', '程度', SEVERITIES);
export type FindingSeverity = keyof typeof FindingSeverity;

/** Acts of governance on an entry, as its history names them. */
export const CatalogueAction = defineEnum('CatalogueAction', '目录办理事项', {
  REGISTER_CATALOGUE: '登记目录',
  DESCRIBE_RESOURCE: '补充说明',
  SUBMIT_RESOURCE: '提交',
  EXAMINE_SECRECY: '保密审查',
  REVIEW_RESOURCE: '审核',
  PUBLISH_RESOURCE: '发布',
  SUSPEND_RESOURCE: '暂停',
  RESUME_RESOURCE: '恢复',
  WITHDRAW_RESOURCE: '撤销',
  HAND_OVER: '机构改革划转',
});
export type CatalogueAction = keyof typeof CatalogueAction;
