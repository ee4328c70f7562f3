import { randomBytes } from 'node:crypto';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import {
  type Decision,
  type Recorded,
  type GovernanceContext,
  type Grounds,
  queryIn,
  Refusal,
  type RefusalCode,
  findGroundsProblem,
} from '../../core/index.js';
import { readPushOffer } from './push-offer.js';
import { envelop } from './secret-envelope.js';
import { operates, readsAll } from './standing.js';
import type { StreamName } from './stream.js';
import type { Subscription } from './subscription.js';
import { MOST_SUBSCRIPTIONS, SubscriptionStore, type AttemptMade } from './subscription.store.js';
import { shownTarget, wrongTarget, type TargetKind } from './target.rule.js';

export interface Wish extends Grounds {
  readonly kind: TargetKind;
  readonly target: string;
  /** From which position on; from now on where absent. */
  readonly fromPosition?: number | null | undefined;
}
/** What came of it: exactly one of `subscription` and `refusal`. */
export interface Changed {
  readonly subscription?: Subscription;
  /** Of a new webhook, told this once. */
  readonly secret?: string;
  readonly refusal?: Refusal;
}
/** What is to be changed; undefined when all is as it is to be; or why it cannot be. */
type Change = (() => Promise<Subscription>) | Changed | undefined;
type Act = 'SUBSCRIBE' | 'PAUSE' | 'RESUME' | 'DISABLE' | 'REPLAY' | 'UNSUBSCRIBE';

/** Where a department subscribes to one stream for itself, which nobody can for another, and changes what it has
 *  subscribed to. Another department's does not exist for it; only the operator's acts reach it. Each act is recorded with
 *  the change. */
export class SubscriptionDesk {
  private readonly store: SubscriptionStore;

  constructor(
    private readonly stream: StreamName,
    private readonly context: GovernanceContext,
  ) {
    this.store = new SubscriptionStore(queryIn(context.em), stream);
  }

  /** The own department's; every department's for who reads all.
   *  @param department  only of this one */
  async list(department: string | null | undefined): Promise<Subscription[]> {
    const { fetch } = this.context;
    const own = readsAll(fetch) ? department : fetch.department;
    return department != null && own !== department ? [] : this.store.list(own ?? undefined);
  }

  /** Undefined for a subscription that the caller may not see. */
  async attempts(id: string): Promise<AttemptMade[] | undefined> {
    const { fetch } = this.context;
    const found = await this.store.find(id);
    return found && (found.department === fetch.department || readsAll(fetch))
      ? this.store.deliveries(found)
      : undefined;
  }

  async subscribe(wish: Wish): Promise<Changed> {
    const { em, fetch, own } = this.context;
    const wrong = findGroundsProblem(wish);
    if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
    return own.auditLog.transact(em, fetch, async (em) => {
      const store = new SubscriptionStore(queryIn(em), this.stream);
      const offer = await readPushOffer(queryIn(em));
      const { kind, target } = wish;
      const refused = wrongTarget(kind, target, offer);
      if (refused || !offer) return { result: refuse(refused!.code, refused!.message) };
      const newest = await store.newestPosition();
      const from = wish.fromPosition ?? newest + 1;
      if (!Number.isSafeInteger(from) || from < 1 || from > newest + 1)
        return { result: refuse('POSITION_OUT_OF_RANGE', `Name a whole position from 1 to ${newest + 1}.`) };
      const known = await store.list(fetch.department);
      if (known.some((each) => each.kind === kind && each.target === target))
        return {
          result: refuse('ALREADY_SUBSCRIBED', 'There is a subscription with this target. Resume or replay it.'),
        };
      if (known.length >= MOST_SUBSCRIPTIONS)
        return { result: refuse('TOO_MANY_SUBSCRIPTIONS', `A department has at most ${MOST_SUBSCRIPTIONS}.`) };
      const secret = kind === 'webhook' ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
      const subscription = await store.add({
        ...{ department: fetch.department, kind, target, after: from - 1, createdBy: fetch.person ?? fetch.system },
        secret: secret === undefined ? null : await envelop(secret, offer.key),
      });
      return {
        result: { subscription, ...(secret !== undefined && { secret }) },
        decision: this.decisionOf('SUBSCRIBE', subscription, wish),
      };
    });
  }

  pause(id: string, grounds: Grounds): Promise<Changed> {
    return this.change('PAUSE', id, grounds, (store, subscription) => {
      if (subscription.state === 'disabled') return refuse('SUBSCRIPTION_DISABLED', DISABLED);
      return subscription.state === 'paused' ? undefined : () => store.pause(subscription);
    });
  }

  resume(id: string, grounds: Grounds): Promise<Changed> {
    return this.change('RESUME', id, grounds, (store, subscription) => {
      const { state, reason, failures } = subscription;
      if (state === 'disabled' && reason === 'OPERATOR' && !operates(this.context.fetch))
        return refuse('SUBSCRIPTION_DISABLED', DISABLED);
      return state === 'active' && failures === 0 ? undefined : () => store.resume(subscription);
    });
  }

  disable(id: string, grounds: Grounds): Promise<Changed> {
    return this.change('DISABLE', id, grounds, (store, subscription) =>
      subscription.state === 'disabled' && subscription.reason === 'OPERATOR'
        ? undefined
        : () => store.disable(subscription),
    );
  }

  replay(id: string, fromPosition: number, grounds: Grounds): Promise<Changed> {
    return this.change('REPLAY', id, grounds, (store, subscription) => {
      if (!Number.isSafeInteger(fromPosition) || fromPosition < 1 || fromPosition > subscription.deliveredTo)
        return refuse(
          'POSITION_OUT_OF_RANGE',
          `Name a whole position from 1 to ${subscription.deliveredTo}, up to which it was delivered.`,
        );
      return () => store.moveTo(subscription, fromPosition - 1);
    });
  }

  unsubscribe(id: string, grounds: Grounds): Promise<Changed> {
    return this.change('UNSUBSCRIBE', id, grounds, (store, subscription) => async () => {
      await store.end(subscription);
      return subscription;
    });
  }

  private async change(
    act: Act,
    id: string,
    grounds: Grounds,
    change: (store: SubscriptionStore, subscription: Subscription) => Change,
  ): Promise<Changed> {
    const { em, fetch, own } = this.context;
    const wrong = findGroundsProblem(grounds);
    if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<Changed>> => {
      const store = new SubscriptionStore(queryIn(em), this.stream);
      const found = await store.find(id);
      const reaches = found?.department === fetch.department || (OPERATORS_ACTS.has(act) && operates(fetch));
      if (!found || !reaches) return { result: refuse('SUBSCRIPTION_UNKNOWN', `You have no subscription ${id}.`) };
      const wanted = change(store, found);
      if (typeof wanted === 'object') return { result: wanted };
      const subscription = wanted ? await wanted() : found;
      return { result: { subscription }, ...(wanted && { decision: this.decisionOf(act, subscription, grounds) }) };
    });
  }

  private decisionOf(act: Act, subscription: Subscription, { reason, basis }: Grounds): Decision {
    const { id, department, kind, position } = subscription;
    const terms = { department, kind, target: shownTarget(subscription), fromPosition: position + 1 };
    const object = `subscription/${id}`;
    return { act: actName(act, this.stream), object, concerns: [department], reason, basis, terms };
  }
}

const actName = (act: Act, stream: StreamName): AuditAction => `${act}_${stream === 'uses' ? 'USES' : 'ACTS'}`;
const OPERATORS_ACTS: ReadonlySet<Act> = new Set<Act>(['DISABLE', 'RESUME']);
const DISABLED = 'The operator has disabled this subscription. Ask the authority to resume it.';

const refuse = (code: RefusalCode, message: string): Changed => ({ refusal: Refusal.because(code, message) });
