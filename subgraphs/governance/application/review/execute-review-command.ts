import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import { type Recorded, type GovernanceContext, queryIn, Refusal } from '../../core/index.js';
import type { ProviderReviewResult } from './provider-review-result.js';
import { ApplicationStore } from '../draft/application.store.js';
import type { ProviderReview } from './provider-review.entity.js';
import { followCatalogueEntry } from './follow-catalogue-entry.js';
import { createGrant } from './create-grant.js';
import { readLevels } from '../draft/read-facts.js';
import type { ShareApplication } from '../draft/share-application.entity.js';
import type { Actor, ReviewContext, ReviewCommand, CommandRefusal } from './review-command.rule.js';
import { findEscalationStep, findOpenStep, type ReviewState } from './review-state.rule.js';
import { applyCommand } from './provider-review.rule.js';
import { findUnfitTexts } from '../draft/find-unfit-texts.rule.js';
import { viewerKeys } from './viewer.js';

/** What is done to a review, and how it is written down. */
export interface ReviewCommandRequest {
  /** Version of the review that who acts has seen; undefined where the hub itself acts on what there is. */
  readonly version: number | undefined;
  readonly act: AuditAction;
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
  /** The command, once the rows are known; a refusal where it cannot be made. */
  readonly command: (
    row: ProviderReview,
    application: ShareApplication,
  ) => ReviewCommand | Refusal | Promise<ReviewCommand | Refusal>;
}

/** Hears one act on one review: either all of it is done, with the grant it ends in and its record, or nothing. Acts come
 *  one after the other, so of two who decide at once one wins and the other is told. */
export async function executeReviewCommand(
  id: string,
  context: GovernanceContext,
  em: EntityManager,
  request: ReviewCommandRequest,
): Promise<Recorded<ProviderReviewResult>> {
  const { fetch, own } = context;
  const now = own.now();
  const store = new ApplicationStore(em, { calendar: own.calendar, timeZone: own.profile.timeZone }, new Date(now));
  const row = await store.findReview(id);
  const application = row && (await store.find(row.application));
  if (!row || !application || !viewerKeys(fetch).some((key) => application.visibleTo.includes(key)))
    return { result: { refusal: Refusal.because('APPLICATION_UNKNOWN', `There is no ${id} that you may see.`) } };
  const command = await request.command(row, application);
  const conditions = 'narrowing' in command ? command.narrowing?.conditions : undefined;
  const unfit = findUnfitTexts({ ...request, conditions });
  if (unfit.length > 0)
    return {
      result: {
        review: row,
        refusal: Refusal.because('TEXT_UNFIT', 'Some texts cannot be recorded; nothing was done.', [], unfit),
      },
    };
  if (command instanceof Refusal) return { result: { review: row, refusal: command } };
  const levels = await readLevels(em, [row.provider, fetch.department]);
  const of: ReviewContext = {
    process: row.process,
    applicant: { department: application.department, id: application.applicant },
    provider: row.provider,
    providerLevel: levels.get(row.provider),
    now,
    late: row.status === 'REVIEW' && row.dueAt != null && now >= row.dueAt.getTime(),
  };
  const outcome = applyCommand(
    row.state,
    of,
    command,
    { ...(await actorOf(context, em)), level: levels.get(fetch.department) },
    request.version ?? row.version,
  );
  if (!('review' in outcome))
    return { result: { review: row, refusal: await told(outcome.refused, row, request, store) } };
  const clauses = [...clausesOf(row, outcome.review), ...(request.basis ?? [])];
  const { review } = outcome;
  const agreed = review.status === 'AGREED' && review.terms.coordinates.length > 0;
  const grant = agreed ? await createGrant(em, application, row, review, now) : undefined;
  const beside = await followCatalogueEntry(em, application, row, review, own);
  const moved = await store.move(row, review, { ...beside, ...(grant && { grant: grant.id }) });
  const { reason } = request;
  await store.recordEvent(application.id, fetch, {
    what: request.act,
    review: id,
    reason,
    clauses,
    version: review.version,
  });
  const { status, terms, coordination } = review;
  return {
    result: { review: moved, ...(grant && { grant }) },
    decision: {
      ...{ act: request.act, object: `application/${id}`, basis: clauses, reason },
      concerns: application.typed.special ? [] : [application.department, row.provider],
      terms: {
        ...{ status, version: review.version, mode: terms.mode, coordinates: terms.coordinates, rows: terms.rows },
        ...{ until: new Date(terms.until).toISOString(), quotaPerDay: terms.quotaPerDay, masks: terms.masks },
        ...{ conditions: terms.conditions, coordination: coordination?.reference, grant: grant?.id },
      },
    },
  };
}

async function actorOf(
  { fetch: { department, person, system, roles = [] } }: GovernanceContext,
  em: EntityManager,
): Promise<Actor> {
  const head =
    person !== undefined &&
    (await queryIn(em)(
      `select from appointment where officer = $1 and department = $2 and post = 'HEAD' and until_at is null`,
      [person, department],
    ));
  return { department, id: person ?? system, roles, isHead: head !== false && head.length > 0 };
}

/** Clauses of the step that was open. */
const clausesOf = ({ process, state }: ProviderReview, after: ReviewState): string[] => [
  ...(findOpenStep(process, state)?.clauses ??
    findEscalationStep(process, state.level >= 0 ? state : after)?.clauses ??
    []),
];

async function told(
  { code, message, clauses, details }: CommandRefusal,
  { id, version }: ProviderReview,
  request: ReviewCommandRequest,
  store: ApplicationStore,
): Promise<Refusal> {
  if (code !== 'STALE_VERSION' || request.version === undefined || request.version > version)
    return Refusal.because(code, message, clauses, details);
  const meanwhile = await store.since(id, request.version);
  const events = meanwhile.map(
    ({ at, department, actor, what }) => `${at.toISOString()} ${what} by ${actor} of ${department}`,
  );
  return Refusal.because(code, `${message} Nothing of what you sent was done; look again.`, clauses, events);
}
