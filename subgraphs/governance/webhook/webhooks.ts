import { may } from '../may.js';
import { EventDelivery, EventWebhook, EventWebhookResult } from './event-webhook.js';
import { EventWebhookResolver } from './event-webhook.resolver.js';

/** Webhooks of governance events: what of them is in the graph. */
export const webhooks = {
  resolvers: [EventWebhookResolver],
  types: [EventWebhook, EventDelivery, EventWebhookResult],
  permissions: {
    Query: { eventWebhooks: may('webhook:read'), eventDeliveries: may('webhook:read') },
    Mutation: {
      registerWebhook: may('webhook:keep'),
      pauseWebhook: may('webhook:keep'),
      resumeWebhook: may('webhook:resume'),
      disableWebhook: may('webhook:disable'),
      replayWebhook: may('webhook:keep'),
      removeWebhook: may('webhook:keep'),
    },
  },
} as const;
