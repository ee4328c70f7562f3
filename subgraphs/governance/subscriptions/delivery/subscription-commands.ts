import type { Text } from '../../../../shared/kernel/index.js';
import { randomBytes } from 'node:crypto';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import {
  requirePageSize,
  toConnection,
  type Connection,
  type PageArguments,
  sealList,
} from '../../../../shared/subgraph/index.js';
import {
  type Decision,
  findGroundsProblem,
  type GovernanceContext,
  type Grounds,
  operates,
  readsEverything,
  type Recorded,
  Refusal,
  type RefusalCode,
} from '../../core/index.js';
import { subscriptionTables } from '../tables.js';
import { readPushSettings } from './push-settings.js';
import { encryptSecret } from '../../../../shared/trust/secret-envelope.js';
import type { StreamName } from './stream-name.js';
import type { Subscription } from './subscription.js';
import { MAX_SUBSCRIPTIONS, SubscriptionStore, type StoredAttempt } from './subscription.store.js';
import { findTargetProblem, redactTarget, type TargetKind } from './target.rule.js';
import { say } from '../messages/index.js';

export interface SubscriptionRequest extends Grounds {
  readonly kind: TargetKind;
  readonly target: string;
  /** Position of the first entry; from now on where absent. */
  readonly fromPosition?: number | null | undefined;
}
/** Result of a command: exactly one of `subscription` and `refusal`. */
export interface CommandResult {
  readonly subscription?: Subscription;
  /** Secret of a new webhook, given only once. */
  readonly secret?: string;
  readonly refusal?: Refusal;
}
/** The change to make; undefined when nothing needs to change; or the refusal. */
type PlannedChange = (() => Promise<Subscription>) | CommandResult | undefined;
type Command = 'SUBSCRIBE' | 'PAUSE' | 'RESUME' | 'DISABLE' | 'REPLAY' | 'UNSUBSCRIBE';

/** Commands on subscriptions to one stream. A department subscribes only for itself, and another department's subscription
 *  does not exist for it; only the operator's commands reach every department's. Each change is recorded with its
 *  decision. */
export class SubscriptionCommands {
  private readonly store: SubscriptionStore;

  constructor(
    private readonly stream: StreamName,
    private readonly context: GovernanceContext,
  ) {
    this.store = new SubscriptionStore(subscriptionTables(context.em), stream);
  }

  /** The own department's subscriptions; every department's for the authority and the auditor.
   *  @param department  only of this one
   *  @throws HubError BAD_USER_INPUT */
  async list(department: string | null | undefined, page: PageArguments): Promise<Connection<Subscription>> {
    const { fetch } = this.context;
    const list = sealList(this.context, `subscriptions ${this.stream}`);
    const { first, after } = list.open(page);
    requirePageSize(first);
    const visible = readsEverything(fetch) ? department : fetch.department;
    const found =
      department != null && visible !== department
        ? []
        : await this.store.list(visible ?? undefined, { limit: first + 1, after });
    return list.seal(toConnection(found, { first, after, cursorOf: ({ id }) => id }));
  }

  /** @returns null for a subscription that the caller may not see
   *  @throws HubError BAD_USER_INPUT */
  async listAttempts(id: string, page: PageArguments): Promise<Connection<StoredAttempt> | null> {
    const { fetch } = this.context;
    const list = sealList(this.context, `attempts ${id}`);
    const { first, after } = list.open(page);
    requirePageSize(first);
    const found = await this.store.find(id);
    if (!found || (found.department !== fetch.department && !readsEverything(fetch))) return null;
    const attempts = await this.store.listAttempts(found, { limit: first + 1, after });
    return list.seal(toConnection(attempts, { first, after, cursorOf: ({ number }) => number }));
  }

  async subscribe(request: SubscriptionRequest): Promise<CommandResult> {
    const { em, fetch, own } = this.context;
    const problem = findGroundsProblem(request);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<CommandResult>> => {
      const db = subscriptionTables(em);
      const store = new SubscriptionStore(db, this.stream);
      const settings = await readPushSettings(db);
      const { kind, target } = request;
      const wrong = findTargetProblem(kind, target, settings);
      if (wrong || !settings) return { result: refuse(wrong!.code, wrong!.message) };
      const newest = await store.readNewestPosition();
      const from = request.fromPosition ?? newest + 1;
      if (!Number.isSafeInteger(from) || from < 1 || from > newest + 1)
        return { result: refuse('POSITION_OUT_OF_RANGE', say('position.range', { most: newest + 1 })) };
      const known = await store.list(fetch.department, { limit: MAX_SUBSCRIPTIONS });
      if (known.some((each) => each.kind === kind && each.target === target))
        return {
          result: refuse('ALREADY_SUBSCRIBED', say('subscription.known')),
        };
      if (known.length >= MAX_SUBSCRIPTIONS)
        return { result: refuse('TOO_MANY_SUBSCRIPTIONS', say('subscription.most', { most: MAX_SUBSCRIPTIONS })) };
      const secret = kind === 'webhook' ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
      const subscription = await store.add({
        department: fetch.department,
        kind,
        target,
        after: from - 1,
        createdBy: fetch.person ?? fetch.system,
        secret: secret === undefined ? null : await encryptSecret(secret, settings.key),
      });
      return {
        result: { subscription, ...(secret !== undefined && { secret }) },
        decision: this.toDecision('SUBSCRIBE', subscription, request),
      };
    });
  }

  pause(id: string, grounds: Grounds): Promise<CommandResult> {
    return this.change('PAUSE', id, grounds, (store, subscription) => {
      if (subscription.state === 'disabled') return refuse('SUBSCRIPTION_DISABLED', DISABLED);
      return subscription.state === 'paused' ? undefined : () => store.pause(subscription);
    });
  }

  resume(id: string, grounds: Grounds): Promise<CommandResult> {
    return this.change('RESUME', id, grounds, (store, subscription) => {
      const { state, reason, failures } = subscription;
      if (state === 'disabled' && reason === 'OPERATOR' && !operates(this.context.fetch))
        return refuse('SUBSCRIPTION_DISABLED', DISABLED);
      return state === 'active' && failures === 0 ? undefined : () => store.resume(subscription);
    });
  }

  disable(id: string, grounds: Grounds): Promise<CommandResult> {
    return this.change('DISABLE', id, grounds, (store, subscription) =>
      subscription.state === 'disabled' && subscription.reason === 'OPERATOR'
        ? undefined
        : () => store.disable(subscription),
    );
  }

  replay(id: string, fromPosition: number, grounds: Grounds): Promise<CommandResult> {
    return this.change('REPLAY', id, grounds, (store, subscription) => {
      if (!Number.isSafeInteger(fromPosition) || fromPosition < 1 || fromPosition > subscription.deliveredTo)
        return refuse('POSITION_OUT_OF_RANGE', say('position.delivered', { most: subscription.deliveredTo }));
      return () => store.moveTo(subscription, fromPosition - 1);
    });
  }

  unsubscribe(id: string, grounds: Grounds): Promise<CommandResult> {
    return this.change('UNSUBSCRIBE', id, grounds, (store, subscription) => async () => {
      await store.end(subscription);
      return subscription;
    });
  }

  private async change(
    command: Command,
    id: string,
    grounds: Grounds,
    plan: (store: SubscriptionStore, subscription: Subscription) => PlannedChange,
  ): Promise<CommandResult> {
    const { em, fetch, own } = this.context;
    const problem = findGroundsProblem(grounds);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<CommandResult>> => {
      const store = new SubscriptionStore(subscriptionTables(em), this.stream);
      const found = await store.find(id);
      const reaches = found?.department === fetch.department || (OPERATOR_COMMANDS.has(command) && operates(fetch));
      if (!found || !reaches) return { result: refuse('SUBSCRIPTION_UNKNOWN', say('subscription.unknown', { id })) };
      const planned = plan(store, found);
      if (typeof planned === 'object') return { result: planned };
      if (!planned) return { result: { subscription: found } };
      const subscription = await planned();
      return { result: { subscription }, decision: this.toDecision(command, subscription, grounds) };
    });
  }

  private toDecision(command: Command, subscription: Subscription, { reason, basis }: Grounds): Decision {
    const { id, department, kind, position } = subscription;
    return {
      act: toAction(command, this.stream),
      object: `subscription/${id}`,
      concerns: [department],
      reason,
      basis,
      terms: { department, kind, target: redactTarget(subscription), fromPosition: position + 1 },
    };
  }
}

const toAction = (command: Command, stream: StreamName): AuditAction =>
  `${command}_${stream === 'uses' ? 'USES' : 'ACTS'}`;
const OPERATOR_COMMANDS: ReadonlySet<Command> = new Set<Command>(['DISABLE', 'RESUME']);
const DISABLED = say('subscription.disabled');

const refuse = (code: RefusalCode, message: Text): CommandResult => ({ refusal: Refusal.because(code, message) });
