import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import { wordOf, type Recorded, type GovernanceContext, Refusal } from '../../core/index.js';
import type { ApplicationAction } from '../draft/application-event.entity.js';
import { findAccounts, findPostHolders } from '../../register/index.js';
import { ApplicationStore } from '../draft/application.store.js';
import { findUnfitTexts } from '../draft/find-unfit-texts.rule.js';
import { settlePeriod } from '../draft/terms.rule.js';
import type { ShareApplication } from '../draft/share-application.entity.js';
import { applyCommand } from './apply-command.rule.js';
import type { Actor, CommandRefusal, ReviewCommand, ReviewContext } from './commands/review-command.rule.js';
import { createGrant } from './create-grant.js';
import { followCatalogueEntry } from './follow-catalogue-entry.js';
import type { ProviderReviewResult } from './provider-review-result.js';
import type { ProviderReview } from './provider-review.entity.js';
import { readAuthorities } from './resolve-parties.js';
import { findEscalationStep, findOpenStep, type ReviewState } from './review-state.rule.js';
import { canSeeApplication } from './visibility.js';
import { say } from '../messages/index.js';

/** A command on a review, as a caller sends it. */
export interface ReviewCommandRequest {
  /** Version of the review that the caller last saw (optimistic lock); undefined where any is good. */
  readonly expectedVersion: number | undefined;
  readonly reason?: string | undefined;
  /** Provisions that the caller cites; they are recorded. */
  readonly basis?: readonly string[] | undefined;
  /** The command, or a function that makes it of the review's row, or refuses. */
  readonly command: ExecutableCommand | BuildCommand;
}
/** A command on one review. The applicant withdraws and submits the whole application instead. */
export type ExecutableCommand = Exclude<ReviewCommand, { readonly type: 'RESUBMIT' | 'WITHDRAW' }>;
export type BuildCommand = (
  row: ProviderReview,
  em: EntityManager,
) => ExecutableCommand | Refusal | Promise<ExecutableCommand | Refusal>;

/** Action under which each command is recorded, in the audit log and in the application's history. */
const AUDIT_ACTIONS: Readonly<Record<ExecutableCommand['type'], AuditAction & ApplicationAction>> = {
  AGREE: 'AGREE_TO_SHARE',
  REFUSE: 'REFUSE_TO_SHARE',
  ASK_CHANGES: 'ASK_FOR_CHANGES',
  EXTEND: 'EXTEND_ANSWER',
  CONSENT_TO_EXTENSION: 'CONSENT_TO_EXTENSION',
  OBJECT: 'OBJECT_TO_REFUSAL',
  NEGOTIATE: 'NEGOTIATE',
  COORDINATE: 'COORDINATE',
  COORDINATE_REFUSAL: 'COORDINATE',
  FULFIL: 'FULFIL_REQUEST',
  ESCALATE: 'ESCALATE',
};

/** Executes one command on one review in a transaction of its own: the change, the grant that it ends in and its record are
 *  made together or not at all. Commands run one after the other, so of two callers who decide at once the second is
 *  refused with `STALE_VERSION`.
 *  @param id  number of the review
 *  @throws HubError EVIDENCE_UNAVAILABLE when it cannot be recorded; nothing has been changed then */
export function executeReviewCommand(
  id: string,
  context: GovernanceContext,
  request: ReviewCommandRequest,
): Promise<ProviderReviewResult> {
  const { auditLog } = context.own;
  return auditLog.transact(context.em, context.fetch, (em) => executeInTransaction(id, { ...context, em }, request));
}

async function executeInTransaction(
  id: string,
  context: GovernanceContext,
  request: ReviewCommandRequest,
): Promise<Recorded<ProviderReviewResult>> {
  const { em, fetch, own } = context;
  const now = own.now();
  const store = new ApplicationStore(em, own, now);
  const row = await store.findReview(id);
  const application = row && (await store.find(row.application));
  if (!row || !application || !(await canSeeApplication(em, application, fetch)))
    return { result: { refusal: Refusal.because('APPLICATION_UNKNOWN', say('review.unknown', { id })) } };
  const command = typeof request.command === 'function' ? await request.command(row, em) : request.command;
  const conditions = 'narrowing' in command ? command.narrowing?.conditions : undefined;
  const unfit = findUnfitTexts({ ...request, conditions });
  if (unfit.length > 0) {
    const refusal = Refusal.because('TEXT_UNFIT', say('review.unfitTexts'), [], unfit);
    return { result: { review: row, refusal } };
  }
  if (command instanceof Refusal) return { result: { review: row, refusal: command } };
  const actor = await readActor(context);
  const reviewContext: ReviewContext = {
    process: row.process,
    applicant: {
      department: application.department,
      id: application.applicant,
      persons: await store.findApplicants(application),
    },
    provider: row.provider,
    ...(await readAuthorities(em, { applicant: row.department, provider: row.provider })),
    now,
    late: row.status === 'REVIEW' && row.dueAt != null && now >= row.dueAt.getTime(),
  };
  const outcome = applyCommand(row.state, reviewContext, command, actor, request.expectedVersion ?? row.version);
  if ('refused' in outcome)
    return { result: { review: row, refusal: await toRefusal(outcome.refused, row, request.expectedVersion, store) } };
  return recordOutcome({ context, now, store, application, row, command, request }, outcome.review);
}

interface Execution {
  readonly context: GovernanceContext;
  /** ms since the epoch. */
  readonly now: number;
  readonly store: ApplicationStore;
  readonly application: ShareApplication;
  readonly row: ProviderReview;
  readonly command: ExecutableCommand;
  readonly request: ReviewCommandRequest;
}

/** Stores the new state with all that follows from it. */
async function recordOutcome(
  { context, now, store, application, row, command, request }: Execution,
  outcome: ReviewState,
): Promise<Recorded<ProviderReviewResult>> {
  const { em, fetch, own } = context;
  const { reason, basis = [] } = request;
  const action = AUDIT_ACTIONS[command.type];
  const clauses = [...clausesOf(row, outcome), ...basis];
  const review =
    outcome.status === 'AGREED'
      ? { ...outcome, terms: settlePeriod(outcome.terms, now, own.profile.timeZone) }
      : outcome;
  const isGranted = review.status === 'AGREED' && review.terms.coordinates.length > 0;
  const grant = isGranted ? await createGrant(em, application, row, review, now) : undefined;
  const entry = await followCatalogueEntry(em, application, row, review, own);
  const saved = await store.saveReview(row, review, { ...entry, ...(grant && { grant: grant.id }) });
  const { status, version, terms, coordination } = review;
  await store.recordEvent(application.id, fetch, { action, review: row.id, reason, clauses, version });
  return {
    result: { review: saved, ...(grant && { grant }) },
    decision: {
      act: action,
      object: `application/${row.id}`,
      basis: clauses,
      reason,
      concerns: application.typed.special ? [] : [application.department, row.provider],
      terms: {
        status,
        version,
        mode: terms.mode,
        coordinates: terms.coordinates,
        rows: terms.rows,
        until: new Date(terms.until).toISOString(),
        quotaPerDay: terms.quotaPerDay,
        verificationDetails: terms.verificationDetails,
        masks: terms.masks,
        conditions: terms.conditions,
        coordination: coordination?.reference,
        grant: grant?.id,
      },
    },
  };
}

async function readActor({ em, fetch }: GovernanceContext): Promise<Actor> {
  const { department, person, system, roles = [] } = fetch;
  const holders = person === undefined ? [] : await findPostHolders(em, department);
  const isHead = holders.some(({ post, officer }) => post === 'HEAD' && officer === person);
  const accounts = person === undefined ? [] : await findAccounts(em, person);
  return { department, id: person ?? system, roles, accounts, isHead };
}

/** Clauses of the step that was open. */
const clausesOf = ({ process, state }: ProviderReview, after: ReviewState): readonly string[] =>
  findOpenStep(process, state)?.clauses ??
  findEscalationStep(process, state.escalationIndex >= 0 ? state : after)?.clauses ??
  [];

/** A refusal for the caller; one of a stale version also names everything that happened since. */
async function toRefusal(
  { code, message, clauses, details }: CommandRefusal,
  { id, version }: ProviderReview,
  seen: number | undefined,
  store: ApplicationStore,
): Promise<Refusal> {
  if (code !== 'STALE_VERSION' || seen === undefined || seen > version)
    return Refusal.because(code, message, clauses, details);
  const events = (await store.findEventsAfter(id, seen)).map(({ at, action, actor, department }) =>
    say('review.event', { at: at.toISOString(), action: wordOf('action', action), actor, department }),
  );
  return Refusal.because(code, say('review.nothingDone', { message }), clauses, events);
}
