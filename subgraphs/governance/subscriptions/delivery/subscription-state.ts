import { registerEnumType } from 'type-graphql';

/** The database keeps the states in small letters. */
export const SubscriptionStates = {
  ACTIVE: 'active',
  PAUSED: 'paused',
  FAILING: 'failing',
  DISABLED: 'disabled',
} as const;
export type SubscriptionState = (typeof SubscriptionStates)[keyof typeof SubscriptionStates];
registerEnumType(SubscriptionStates, {
  name: 'SubscriptionState',
  description:
    '订阅状态\nPAUSED by the department; FAILING: retried at long intervals; DISABLED by the operator, or by the receiver (410).',
  valuesConfig: {
    ACTIVE: { description: '推送中' },
    PAUSED: { description: '已暂停' },
    FAILING: { description: '推送失败' },
    DISABLED: { description: '已停用' },
  },
});
