import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { encryptSecret } from '../../../../shared/trust/secret-envelope.js';
import {
  cleanText,
  type Decision,
  findTextProblem,
  type GovernanceContext,
  type MessageOffer,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { findActiveOfficer } from '../../register/index.js';
import { say } from '../messages/index.js';
import { MessageChannelStore, type StoredChannel } from './message-channel.store.js';
import type { MessageChannelResult, MessageChoiceInput, RobotInput } from './message-channel.type.js';
import { findMailProblem, findRobotProblem } from './message-problems.rule.js';

/** Most robots of a department. */
const MOST_ROBOTS = 5;
/** Time for which a code holds, milliseconds; and most tries. */
const CODE_MS = 86_400_000;
const MOST_TRIES = 5;

/** Commands on the channels of the signed-in person, and of their department's robots. Each is an act in the evidence, without
 *  the address. */
export class MessageChannelCommands {
  constructor(private readonly context: GovernanceContext) {}

  /** Sends a code to an address; messages follow once the person has given it back. */
  setMail(typed: string, choice: MessageChoiceInput): Promise<MessageChannelResult> {
    return this.act(async (store, offer, person) => {
      const address = cleanText(typed);
      const problem = findMailProblem(address, offer.mailDomains) ?? findChoiceProblem(choice);
      if (problem) return { result: refuse(problem.code, problem.message) };
      const { department } = this.context.fetch;
      const before = await store.findMail(person);
      if (before?.address === address && before.department === department && before.state === 'ACTIVE')
        return record('SET_MESSAGES', await store.change(before, choice));
      if (before) await store.end(before);
      const channel = await store.add(
        {
          ...{ department, officer: person, kind: 'MAIL', name: null, address, sealed: null },
          ...{ state: 'UNCONFIRMED', addedBy: person },
        },
        choice,
      );
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const sealed = await encryptSecret(code, offer.key, ['code', channel.id]);
      const until = new Date(this.context.own.now() + CODE_MS);
      return record('SET_MESSAGES', await store.sendCode(channel, { hash: hashOf(channel.id, code), sealed, until }));
    });
  }

  confirmMail(code: string): Promise<MessageChannelResult> {
    return this.act(async (store, _, person) => {
      const channel = await store.findMail(person);
      if (!channel) return { result: refuse('SUBSCRIPTION_UNKNOWN', say('channel.noMail')) };
      if (channel.state === 'ACTIVE') return { result: { channel } };
      const isOver = channel.codeTries >= MOST_TRIES || (channel.codeUntil?.getTime() ?? 0) < this.context.own.now();
      if (isOver || channel.code === null) return { result: refuse('CODE_WRONG', say('code.over')) };
      if (!timingSafeEqual(Buffer.from(channel.code), Buffer.from(hashOf(channel.id, code.trim())))) {
        await store.countTry(channel);
        return { result: refuse('CODE_WRONG', say('code.wrong', { left: MOST_TRIES - channel.codeTries - 1 })) };
      }
      return record('SET_MESSAGES', await store.confirm(channel));
    });
  }

  addRobot({ kind, name, address, secret }: RobotInput, choice: MessageChoiceInput): Promise<MessageChannelResult> {
    return this.act(async (store, offer, person) => {
      const { robotHosts, key } = offer;
      const nameProblem = findTextProblem('name', name, { max: 50 });
      if (nameProblem) return { result: refuse('TARGET_MALFORMED', nameProblem) };
      const problem =
        findRobotProblem({ kind, address, secret }, robotHosts && ((url) => robotHosts.findProblem(url))) ??
        findChoiceProblem(choice);
      if (problem) return { result: refuse(problem.code, problem.message) };
      const { department } = this.context.fetch;
      const known = await store.findRobots(department);
      if (known.length >= MOST_ROBOTS) return { result: refuse('TOO_MANY', say('robot.most', { most: MOST_ROBOTS })) };
      const sealed = await encryptSecret(JSON.stringify({ address, ...(secret != null && { secret }) }), key, [
        ...['robot', department, kind],
      ]);
      const channel = await store.add(
        {
          ...{ department, officer: null, kind, name: cleanText(name), address: new URL(address).origin, sealed },
          ...{ state: 'ACTIVE', addedBy: person },
        },
        choice,
      );
      await store.sendTrial(channel);
      return record('SET_MESSAGES', channel);
    });
  }

  change(id: string, choice: MessageChoiceInput): Promise<MessageChannelResult> {
    return this.actOn(id, async (store, channel) => {
      const problem = findChoiceProblem(choice);
      if (problem) return { result: refuse(problem.code, problem.message) };
      return record('SET_MESSAGES', await store.change(channel, choice));
    });
  }

  resume(id: string): Promise<MessageChannelResult> {
    return this.actOn(id, async (store, channel) => {
      if (channel.state === 'UNCONFIRMED' || channel.code !== null)
        return { result: refuse('STATE_UNFIT', say('channel.unconfirmed')) };
      if (channel.state === 'ACTIVE') return { result: { channel } };
      return record('SET_MESSAGES', await store.resume(channel));
    });
  }

  end(id: string): Promise<MessageChannelResult> {
    return this.actOn(id, async (store, channel) => {
      await store.end(channel);
      return record('END_MESSAGES', { ...channel, address: '', waiting: 0 });
    });
  }

  /** A channel of somebody else does not exist for the caller, nor does a robot for who may not keep robots. */
  private actOn(
    id: string,
    change: (store: MessageChannelStore, channel: StoredChannel) => Promise<Recorded<MessageChannelResult>>,
  ): Promise<MessageChannelResult> {
    return this.act(async (store, _, person) => {
      const channel = await store.find(id);
      const isOwn =
        channel?.officer === person ||
        (channel?.officer === null &&
          channel.department === this.context.fetch.department &&
          (await keepsRobots(this.context)));
      if (!channel || !isOwn)
        return { result: refuse('SUBSCRIPTION_UNKNOWN', say('channel.unknown', { id: id.slice(0, 20) })) };
      return change(store, channel);
    });
  }

  private async act(
    change: (
      store: MessageChannelStore,
      offer: MessageOffer,
      person: string,
    ) => Promise<Recorded<MessageChannelResult>>,
  ): Promise<MessageChannelResult> {
    const { em, fetch, own } = this.context;
    const { messageSettings: offer, auditLog, now, timeZone } = own;
    const { person, department } = fetch;
    if (person === undefined) return refuse('OFFICER_REQUIRED', say('channel.person'));
    if (!offer) return refuse('PUSH_OFF', say('mail.off'));
    return auditLog.transact(em, fetch, async (em) => {
      const officer = await findActiveOfficer(em, person);
      if (officer?.department !== department) return { result: refuse('OFFICER_REQUIRED', say('channel.officer')) };
      const store = new MessageChannelStore(em, { now: now(), timeZone, dailyHour: offer.dailyHour });
      return change(store, offer, person);
    });
  }
}

/** @returns true for a person who keeps the robots of their department: its data administrator, or the authority's officer */
export async function keepsRobots({ em, fetch, own }: GovernanceContext): Promise<boolean> {
  const { person, department, roles = [] } = fetch;
  if (person === undefined) return false;
  if (roles.includes('authority') || roles.includes('secrecy-reviewer')) return true;
  if (!roles.includes('provider') && !roles.includes('consumer')) return false;
  return own.holdsPost(em, { person, department }, ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON']);
}

const findChoiceProblem = ({ kinds }: MessageChoiceInput) =>
  kinds.length > 0 ? undefined : { code: 'TARGET_MALFORMED' as const, message: say('choice.empty') };

const hashOf = (id: string, code: string): string => createHash('sha256').update(`${id} ${code}`).digest('hex');

function record(act: 'SET_MESSAGES' | 'END_MESSAGES', channel: StoredChannel): Recorded<MessageChannelResult> {
  const { id, department, kind, kinds, timing, state } = channel;
  const decision: Decision = {
    act,
    object: `message-channel/${id}`,
    concerns: [department],
    terms: { kind, kinds, timing, state },
  };
  return { result: { channel }, decision };
}
