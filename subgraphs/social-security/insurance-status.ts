import { registerEnumType } from 'type-graphql';

export enum InsuranceStatus {
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  ENDED = 'ENDED',
}
registerEnumType(InsuranceStatus, {
  name: 'InsuranceStatus',
  description: '参保状态',
  valuesConfig: {
    ACTIVE: { description: '正常参保' },
    SUSPENDED: { description: '暂停' },
    ENDED: { description: '终止' },
  },
});
