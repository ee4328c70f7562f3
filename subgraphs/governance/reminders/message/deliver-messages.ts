import type pg from 'pg';
import type { Dispatcher } from 'undici';
import type { RecordStore } from '../../../../shared/evidence/store/index.js';
import { guardedClient } from '../../../../shared/network/guarded-client.js';
import type { MessageHosts } from '../../../../shared/network/message-hosts.js';
import { decryptSecret, type EnvelopeKeys } from '../../../../shared/trust/secret-envelope.js';
import { composeCode, composeNotices, composeTrial, type ComposedMessage } from './compose-message.rule.js';
import type { Mailer } from './mailer.js';
import type { MessageFailure, RobotKind } from './message-channel.type.js';
import { findRobotProblem } from './message-problems.rule.js';
import { MessageOutbox, type ClaimedChannel, type RetryPolicy, type WaitingMessage } from './message-outbox.js';
import { endUnsubscribed } from './end-unsubscribed.js';
import { planMessages } from './plan-messages.js';
import { toRobotRequest, type RobotSecret } from './robot-request.js';
import { sendRobot } from './send-robot.js';

export interface MessageOptions {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly keys: EnvelopeKeys;
  /** Hosts of robots; robots are off where absent. */
  readonly hosts?: MessageHosts | undefined;
  /** Mail is off where absent. */
  readonly mailer?: Mailer | undefined;
  /** Address of the hub as browsers see it, without a slash at its end. */
  readonly publicUrl: string;
  readonly timeZone: string;
  readonly dailyHour: number;
  /** Messages that a channel gets one by one; more at once become one. */
  readonly atOnce: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
}

/** About seventeen hours of trying. */
const RETRY: RetryPolicy = { firstMs: 30_000, mostMs: 6 * 3_600_000, limit: 12 };
/** Channels that are sent to at the same time. */
const PARALLEL = 4;

/** Sends what notices have come since the last time, and what waits: at least once, each channel by one worker at a time. It
 *  may be killed at any point: what was not marked as sent is sent again, mail under the same Message-ID.
 *  @returns number of messages that were taken */
export async function deliverMessages(options: MessageOptions): Promise<number> {
  await endUnsubscribed(options);
  await planMessages(options.pool, options.now);
  const delivery = new Delivery(options);
  const counts = await Promise.all(Array.from({ length: PARALLEL }, () => delivery.run()));
  return counts.reduce((sum, count) => sum + count, 0);
}

class Delivery {
  private readonly outbox: MessageOutbox;

  constructor(private readonly options: MessageOptions) {
    this.outbox = new MessageOutbox(options.pool, options, options.retry ?? RETRY);
  }

  async run(): Promise<number> {
    let sent = 0;
    for (;;) {
      const channel = await this.outbox.claim();
      if (!channel) return sent;
      sent += await this.sendTo(channel);
    }
  }

  private async sendTo(channel: ClaimedChannel): Promise<number> {
    const batches = this.toBatches(channel, await this.outbox.readWaiting(channel));
    for (const [id, messages] of batches) {
      const numbers = messages.map(({ number }) => number);
      await this.outbox.fixBatch(numbers, id);
      const failure = await this.send(channel, messages, id);
      if (failure) {
        await this.outbox.noteFailure(channel, failure, this.options.store);
        return 0;
      }
      await this.outbox.markSent(numbers);
    }
    await this.outbox.release(channel, batches.length > 0);
    return batches.length;
  }

  /** Messages by the batch that they are sent in. A batch that was begun stays as it was. */
  private toBatches({ id, timing }: ClaimedChannel, waiting: readonly WaitingMessage[]): [string, WaitingMessage[]][] {
    const isBegun = (message: WaitingMessage) => message.batch !== null;
    const begun = [...Map.groupBy(waiting.filter(isBegun), ({ batch }) => batch!)];
    const [notices, others] = [true, false].map((isNotice) =>
      waiting.filter((message) => !isBegun(message) && (message.kind === 'NOTICE') === isNotice),
    ) as [WaitingMessage[], WaitingMessage[]];
    const isOne = timing === 'DAILY' || notices.length > this.options.atOnce;
    const groups = [...others.map((each) => [each]), ...(isOne ? [notices] : notices.map((each) => [each]))];
    const fresh = groups
      .filter((group) => group.length > 0)
      .map((group): [string, WaitingMessage[]] => [`${id}-${group[0]!.number}-${group.at(-1)!.number}`, group]);
    return [...begun, ...fresh];
  }

  private async send(
    channel: ClaimedChannel,
    messages: readonly WaitingMessage[],
    id: string,
  ): Promise<MessageFailure | undefined> {
    const message = await this.compose(channel, messages).catch(() => undefined);
    if (!message) return 'SECRET_UNREADABLE';
    const { mailer } = this.options;
    if (channel.kind !== 'MAIL') return this.sendToRobot(channel, channel.kind, message);
    return mailer ? mailer.send(channel.address, message, { id, channel: channel.id }) : 'MESSAGES_OFF';
  }

  private async compose(
    { id, language }: ClaimedChannel,
    messages: readonly WaitingMessage[],
  ): Promise<ComposedMessage> {
    const [first] = messages;
    if (first?.kind === 'TRIAL') return composeTrial(language);
    if (first?.kind === 'CODE')
      return composeCode(await decryptSecret(first.sealed ?? '', this.options.keys, ['code', id]), language);
    const notices = messages.flatMap(({ notice }) => (notice ? [notice] : []));
    return composeNotices(notices, { publicUrl: this.options.publicUrl, language });
  }

  /** The operator's list is asked each time: a host that was on it once may not be any more. */
  private async sendToRobot(
    { department, sealed }: ClaimedChannel,
    kind: RobotKind,
    message: ComposedMessage,
  ): Promise<MessageFailure | undefined> {
    const { hosts, keys, timeoutMs = 10_000 } = this.options;
    if (!hosts) return 'MESSAGES_OFF';
    const opened = await decryptSecret(sealed ?? '', keys, ['robot', department, kind]).catch(() => undefined);
    if (opened === undefined) return 'SECRET_UNREADABLE';
    const target = JSON.parse(opened) as RobotSecret;
    if (findRobotProblem({ kind, ...target }, (url) => hosts.findProblem(url))) return 'HOST_NOT_LISTED';
    const dispatcher: Dispatcher = guardedClient(hosts.hosts, new URL(target.address).origin, { timeoutMs });
    try {
      return await sendRobot(toRobotRequest(kind, target, message, Date.now()), { dispatcher, timeoutMs });
    } finally {
      await dispatcher.destroy();
    }
  }
}
