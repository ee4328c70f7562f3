import { joinTexts, type Text } from '../../../../shared/kernel/index.js';
import {
  cleanText,
  type Decision,
  findGroundsProblem,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  type Recorded,
  refuse,
  Refusal,
} from '../../core/index.js';
import { findAccounts } from '../officer/person-accounts.js';
import { say } from '../messages/index.js';
import { handOverAll, type ReformOutcome } from './hand-over-all.js';
import { findPlanProblems } from './reform-plan.rule.js';
import type { ReformInput } from './reform-line.type.js';
import { Reform, type ReformResult } from './reform.entity.js';
import { toStoredGaps } from './store-gaps.js';

const FRESH = { disableIdentityMap: true } as const;

/** Drafts a reform, or drafts one anew that is not carried out: its consequences are found out at once.
 *  @param id  the reform that is drafted anew */
export async function draftReform(
  context: GovernanceContext,
  input: ReformInput,
  id?: string | null,
): Promise<ReformResult> {
  const { em, fetch, own } = context;
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('reform.person'));
  const problems = checkInput(input, own.now());
  if (problems.length > 0) return refuse('REFORM_MALFORMED', joinTexts(problems, ' '), undefined, problems);
  const known = id == null ? null : await em.findOne(Reform, { id }, FRESH);
  if (id != null && !known) return refuseUnknown(id);
  const terms = {
    ...{ title: cleanText(input.title), basis: input.basis.map(cleanText), effectiveAt: input.effectiveAt },
    lines: input.lines.map(({ kind, id: of, to, posts }) => ({ kind, id: of, to, ...(posts && { posts }) })),
  };
  const outcome = await tryOut(context, { id: id ?? 'NEW', ...terms, by: person });
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ReformResult>> => {
    const before = id == null ? null : await em.findOne(Reform, { id }, FRESH);
    if (before && before.state !== 'DRAFT' && before.state !== 'STOPPED')
      return { result: refuse('STATE_UNFIT', say('reform.state', { id: before.id })) };
    const number = before?.id ?? (await nextNumber(em, 'reform_number', 'JG'));
    const drafted = {
      ...terms,
      ...toFindings(outcome, own.now()),
      ...{ state: 'DRAFT' as const, department, draftedAt: new Date(own.now()), draftedBy: person },
      ...{ confirmedAt: null, confirmedBy: null },
    };
    if (before) await em.nativeUpdate(Reform, { id: number }, { ...drafted, version: before.version + 1 });
    else await em.insert(Reform, { id: number, ...drafted });
    return decided('DRAFT_REFORM', await find(em, number));
  });
}

/** Finds out again what a reform would do now. */
export async function checkReform(context: GovernanceContext, id: string): Promise<ReformResult> {
  const { em, own } = context;
  const reform = await em.findOne(Reform, { id }, FRESH);
  if (!reform) return refuseUnknown(id);
  if (reform.state === 'CARRIED_OUT' || reform.state === 'CANCELLED') return { reform };
  const outcome = await tryOut(context, { ...reform, by: reform.draftedBy });
  // Findings are no decision: they are found again whenever somebody asks.
  await em.nativeUpdate(Reform, { id, version: reform.version }, toFindings(outcome, own.now()));
  return { reform: await find(em, id) };
}

/** Confirms a reform that another person has drafted: it is carried out when its time has come. One that leaves anything
 *  without somebody who answers for it is refused, and each such thing is named.
 *  @param version  the version that the caller has seen */
export async function confirmReform(context: GovernanceContext, id: string, version: number): Promise<ReformResult> {
  const { em, fetch, own } = context;
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('reform.person'));
  const known = await em.findOne(Reform, { id }, FRESH);
  if (!known) return refuseUnknown(id);
  if ((await findAccounts(em, person)).includes(known.draftedBy))
    return refuse('SAME_PERSON', say('reform.samePerson', { id }), ['QZ-9.2d']);
  const outcome = await tryOut(context, { ...known, by: person });
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ReformResult>> => {
    const reform = await find(em, id);
    if (reform.state !== 'DRAFT') return { result: refuse('STATE_UNFIT', say('reform.state', { id })) };
    if (reform.version !== version || known.version !== version)
      return { result: refuse('STALE_VERSION', say('reform.stale', { id })) };
    const findings = toFindings(outcome, own.now());
    if (outcome.gaps.length > 0) {
      const details = outcome.gaps.map(({ message }) => message).slice(0, 100);
      return { result: { reform: Object.assign(reform, findings), ...refuseGaps(id, outcome, details) } };
    }
    await em.nativeUpdate(
      Reform,
      { id },
      {
        ...findings,
        ...{ state: 'CONFIRMED', confirmedAt: new Date(own.now()), confirmedBy: person, version: version + 1 },
      },
    );
    return decided('CONFIRM_REFORM', await find(em, id));
  });
}

/** Gives up a reform that is not carried out. */
export async function cancelReform(context: GovernanceContext, id: string, reason: string): Promise<ReformResult> {
  const { em, fetch, own } = context;
  const malformed = findGroundsProblem({ reason });
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('reform.person'));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ReformResult>> => {
    const reform = await em.findOne(Reform, { id }, FRESH);
    if (!reform) return { result: refuseUnknown(id) };
    if (reform.state === 'CANCELLED') return { result: { reform } };
    if (reform.state === 'CARRIED_OUT') return { result: refuse('STATE_UNFIT', say('reform.state', { id })) };
    const change = { state: 'CANCELLED' as const, endedAt: new Date(own.now()), endedBy: person };
    await em.nativeUpdate(Reform, { id }, { ...change, version: reform.version + 1 });
    return decided('CANCEL_REFORM', await find(em, id), reason);
  });
}

/** Does everything that the plan does, and takes it back. */
async function tryOut(
  { em, fetch, own }: GovernanceContext,
  { id, basis, lines, by }: Pick<Reform, 'id' | 'basis' | 'lines'> & { readonly by: string },
): Promise<ReformOutcome> {
  const rooms = { ...own.reform, endNamedRights: own.endNamedRights };
  const plan = { reform: id, lines, basis, by, at: new Date(own.now()) };
  try {
    return await own.auditLog.transact(em, fetch, async (em): Promise<never> => {
      throw new TriedOut(await handOverAll(em, plan, rooms));
    });
  } catch (error) {
    if (error instanceof TriedOut) return error.outcome;
    throw error;
  }
}

/** Thrown to take back what was tried out. */
class TriedOut extends Error {
  constructor(readonly outcome: ReformOutcome) {
    super('tried out');
  }
}

function checkInput(input: ReformInput, now: number): Text[] {
  const title = findTextProblem('title', input.title, { max: 100 });
  const texts = input.basis.flatMap((text) => findTextProblem('basis', text, { max: 200 }) ?? []);
  return [...(title ? [title] : []), ...texts, ...findPlanProblems(input, now)];
}

const toFindings = ({ moved, gaps }: ReformOutcome, now: number) => ({
  checkedAt: new Date(now),
  consequences: [...moved],
  gaps: toStoredGaps(gaps),
});

const find = (em: GovernanceContext['em'], id: string): Promise<Reform> => em.findOneOrFail(Reform, { id }, FRESH);

const refuseUnknown = (id: string): { refusal: Refusal } =>
  refuse('REFORM_UNKNOWN', say('reform.unknown', { id: id.slice(0, 40) }));

const refuseGaps = (id: string, { gaps }: ReformOutcome, details: readonly Text[]): { refusal: Refusal } =>
  refuse('REFORM_INCOMPLETE', say('reform.incomplete', { id, count: gaps.length }), undefined, details);

/** Every department that it concerns is told of a confirmed reform, before it is carried out. */
function decided(
  act: 'DRAFT_REFORM' | 'CONFIRM_REFORM' | 'CANCEL_REFORM',
  reform: Reform,
  reason?: string,
): Recorded<ReformResult> {
  const { id, basis, title, lines, effectiveAt, consequences } = reform;
  const parties = consequences.flatMap(({ from, to, concerns }) => [from, ...(to === null ? [] : [to]), ...concerns]);
  const decision: Decision = {
    ...{ act, object: `reform/${id}`, basis, ...(reason !== undefined && { reason }) },
    concerns: act === 'DRAFT_REFORM' ? [] : [...new Set(parties)],
    terms: { title, lines: lines.length, effectiveAt: effectiveAt.toISOString() },
  };
  return { result: { reform }, decision };
}
