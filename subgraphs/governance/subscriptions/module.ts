import { type GovernanceModule, requirePermission } from '../core/index.js';
import { SubscriptionResult } from './evidence-push/subscription-result.js';
import { SubscriptionResolver } from './evidence-push/subscription.resolver.js';
import { UseDelivery, UseDeliveryConnection } from './evidence-push/use-delivery.js';
import { UseSubscription, UseSubscriptionConnection } from './evidence-push/use-subscription.js';
import {
  EventDelivery,
  EventDeliveryConnection,
  EventWebhook,
  EventWebhookConnection,
  EventWebhookResult,
} from './webhook/event-webhook.js';
import { EventWebhookResolver } from './webhook/event-webhook.resolver.js';
import { handOverSubscriptions } from './hand-over.js';

/** Subscriptions of departments to uses of their items and to acts of governance, and how they are delivered. */
export const subscriptions: GovernanceModule = {
  name: 'subscriptions',
  resolvers: [SubscriptionResolver, EventWebhookResolver],
  types: [
    UseSubscription,
    UseSubscriptionConnection,
    UseDelivery,
    UseDeliveryConnection,
    SubscriptionResult,
    EventWebhook,
    EventWebhookConnection,
    EventDelivery,
    EventDeliveryConnection,
    EventWebhookResult,
  ],
  entities: [],
  tables: ['evidence.subscription', 'evidence.delivery', 'evidence.push_offer'],
  handOver: handOverSubscriptions,
  permissions: {
    Query: {
      subscriptions: requirePermission('subscription:read'),
      useDeliveries: requirePermission('subscription:read'),
      eventWebhooks: requirePermission('webhook:read'),
      eventDeliveries: requirePermission('webhook:read'),
    },
    Mutation: {
      subscribeUses: requirePermission('subscription:keep'),
      pauseSubscription: requirePermission('subscription:keep'),
      resumeSubscription: requirePermission('subscription:resume'),
      disableSubscription: requirePermission('subscription:disable'),
      replayUses: requirePermission('subscription:keep'),
      unsubscribeUses: requirePermission('subscription:keep'),
      registerWebhook: requirePermission('webhook:keep'),
      pauseWebhook: requirePermission('webhook:keep'),
      resumeWebhook: requirePermission('webhook:resume'),
      disableWebhook: requirePermission('webhook:disable'),
      replayWebhook: requirePermission('webhook:keep'),
      removeWebhook: requirePermission('webhook:keep'),
    },
  },
};
