import { randomBytes } from 'node:crypto';
import type { ActName } from '../../../shared/evidence/governance-act.js';
import type { Decision, Done } from '../act/act-log.js';
import { wrongGrounds, type Grounds } from '../act/grounds.rule.js';
import { queryIn } from '../act/query-in.js';
import type { GovernanceContext } from '../governance-context.js';
import { Refusal } from '../refusal.js';
import { readPushOffer } from './push-offer.js';
import { envelop } from './secret-envelope.js';
import { operates } from './standing.js';
import type { SubscribeUsesInput } from './subscription-input.js';
import type { SubscriptionResult } from './subscription-result.js';
import type { Subscription } from './subscription.js';
import { MOST_SUBSCRIPTIONS, SubscriptionStore } from './subscription.store.js';
import { wrongTarget } from './target.rule.js';
import { shownTarget, UseSubscription } from './use-subscription.js';

/** Subscribes the department that asks; the act is recorded with it. */
export async function subscribe(
  input: SubscribeUsesInput,
  { em, fetch, own: { acts } }: GovernanceContext,
): Promise<SubscriptionResult> {
  const wrong = wrongGrounds(input);
  if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
  return acts.perform(em, fetch, async (em) => {
    const store = new SubscriptionStore(queryIn(em));
    const offer = await readPushOffer(queryIn(em));
    const { kind, target } = input;
    const refused = wrongTarget(kind, target, offer);
    if (refused || !offer) return { result: refuse(refused!.code, refused!.message) };
    const newest = await store.newestPosition();
    const from = input.fromPosition ?? newest + 1;
    if (!Number.isSafeInteger(from) || from < 1 || from > newest + 1)
      return { result: refuse('POSITION_OUT_OF_RANGE', `Name a whole position from 1 to ${newest + 1}.`) };
    const known = await store.list(fetch.dep);
    if (known.some((each) => each.kind === kind && each.target === target))
      return { result: refuse('ALREADY_SUBSCRIBED', 'There is a subscription with this target. Resume or replay it.') };
    if (known.length >= MOST_SUBSCRIPTIONS)
      return { result: refuse('TOO_MANY_SUBSCRIPTIONS', `A department has at most ${MOST_SUBSCRIPTIONS}.`) };
    const secret = kind === 'webhook' ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
    const subscription = await store.add({
      ...{ department: fetch.dep, kind, target, after: from - 1, createdBy: fetch.per ?? fetch.sys },
      secret: secret === undefined ? null : await envelop(secret, offer.key),
    });
    return {
      result: { subscription: UseSubscription.of(subscription, fetch.dep), ...(secret !== undefined && { secret }) },
      decision: decisionOf('SUBSCRIBE_USES', subscription, input),
    };
  });
}

/** What is to be changed; undefined when all is as it is to be; or why it cannot be. */
type Change = (() => Promise<Subscription>) | SubscriptionResult | undefined;

/** Changes a subscription of the department that asks; only the operator's acts reach another's. Another department's
 *  does not exist for it. The act is recorded with the change. */
export async function changeSubscription(
  act: ActName,
  id: string,
  grounds: Grounds,
  { em, fetch, own: { acts } }: GovernanceContext,
  change: (store: SubscriptionStore, subscription: Subscription) => Change,
): Promise<SubscriptionResult> {
  const wrong = wrongGrounds(grounds);
  if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
  return acts.perform(em, fetch, async (em): Promise<Done<SubscriptionResult>> => {
    const store = new SubscriptionStore(queryIn(em));
    const found = await store.find(id);
    const reaches = found?.department === fetch.dep || (OPERATORS_ACTS.has(act) && operates(fetch));
    if (!found || !reaches) return { result: refuse('SUBSCRIPTION_UNKNOWN', `You have no subscription ${id}.`) };
    const wanted = change(store, found);
    if (typeof wanted === 'object') return { result: wanted };
    const subscription = wanted ? await wanted() : found;
    const result = { subscription: UseSubscription.of(subscription, fetch.dep) };
    return { result, ...(wanted && { decision: decisionOf(act, subscription, grounds) }) };
  });
}

const OPERATORS_ACTS: ReadonlySet<ActName> = new Set<ActName>(['DISABLE_USES', 'RESUME_USES']);

function decisionOf(act: ActName, subscription: Subscription, { reason, basis }: Grounds): Decision {
  const { id, department, kind, position } = subscription;
  const terms = { department, kind, target: shownTarget(subscription), fromPosition: position + 1 };
  return { act, object: `subscription/${id}`, concerns: [department], reason, basis, terms };
}

export const refuse = (code: string, message: string): SubscriptionResult => ({
  refusal: Refusal.because(code, message),
});
