import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { anyOf, type GovernanceOwn, nextNumber } from '../../core/index.js';
import { GrantStore } from '../../grant/index.js';
import { findPredecessors } from '../../register/index.js';
import { type ApplicationAction, ApplicationEvent } from './application-event.entity.js';
import { ProviderReview } from '../review/provider-review.entity.js';
import { applicationTables } from '../tables.js';
import { computeDueDate, type Days } from '../review/review-time.js';
import type { ReviewPlan } from './plan-reviews.rule.js';
import { ShareApplication } from './share-application.entity.js';
import type { Terms } from './terms.rule.js';
import { findAwaitedParties, isOpen, openReview, type ReviewState } from '../review/review-state.rule.js';

/** An event in the history of an application. */
export interface EventEntry {
  readonly action: ApplicationAction;
  readonly review?: string;
  readonly reason?: string | undefined;
  readonly clauses?: readonly string[] | undefined;
  /** Version of the review, or of the application, after the action. */
  readonly version: number;
}

/** Rows of applications, their reviews and their history. */
export class ApplicationStore {
  private readonly days: Days;
  private readonly now: Date;

  /** @param now  ms since the epoch */
  constructor(
    private readonly em: EntityManager,
    { calendar, profile }: Pick<GovernanceOwn, 'calendar' | 'profile'>,
    now: number,
  ) {
    this.days = { calendar, timeZone: profile.timeZone };
    this.now = new Date(now);
  }

  find(id: string): Promise<ShareApplication | null> {
    return this.em.findOne(ShareApplication, { id }, { disableIdentityMap: true });
  }

  findReview(id: string): Promise<ProviderReview | null> {
    return this.em.findOne(ProviderReview, { id }, { disableIdentityMap: true });
  }

  findReviews(application: string): Promise<ProviderReview[]> {
    return this.em.find(ProviderReview, { application }, { disableIdentityMap: true, orderBy: { id: 'asc' } });
  }

  async addDraft(
    draft: Pick<ShareApplication, 'department' | 'applicant' | 'typed' | 'visibleTo'>,
    renews?: string,
  ): Promise<ShareApplication> {
    const id = await nextNumber(this.em, 'share_application_number', 'A');
    await this.em.insert(ShareApplication, {
      id,
      ...draft,
      state: 'DRAFT',
      scenario: draft.typed.scenario ?? null,
      version: 1,
      createdAt: this.now,
      ...(renews && { renews }),
    });
    return (await this.find(id))!;
  }

  /** Everybody who has acted for the department that applies: in the application, and in those that it renews. */
  async findApplicants({ id, department, renews }: ShareApplication): Promise<string[]> {
    const events = await applicationTables(this.em)
      .selectFrom('application_event')
      .select('actor')
      .distinct()
      .where('application', '=', id)
      .where('department', '=', anyOf([department, ...(await findPredecessors(this.em, department))]))
      .execute();
    const renewed = renews == null ? null : await new GrantStore(this.em).find(renews);
    const before = renewed?.application == null ? null : await this.find(renewed.application);
    const earlier = before ? await this.findApplicants(before) : [];
    return [...new Set([...events.map(({ actor }) => actor), ...earlier])];
  }

  async change(id: string, change: Partial<ShareApplication>): Promise<ShareApplication> {
    await this.em.nativeUpdate(ShareApplication, { id }, change);
    return (await this.find(id))!;
  }

  /** Opens the review of one provider. */
  async addReview(
    { id: application, department }: ShareApplication,
    { provider, process }: ReviewPlan,
    asked: Terms,
  ): Promise<void> {
    const { kind } = process;
    const state = openReview(process, asked, this.now.getTime());
    await this.em.insert(ProviderReview, {
      id: `${application}/${provider}${kind === 'CONDITIONAL' ? '' : `/${kind.toLowerCase()}`}`,
      application,
      department,
      provider,
      kind,
      process,
      ...this.toColumns({ process, department, provider }, state),
      submittedAt: this.now,
    });
  }

  /** Stores the new state of a review, and closes or opens its application accordingly. */
  async saveReview(
    row: ProviderReview,
    state: ReviewState,
    more: Partial<ProviderReview> = {},
  ): Promise<ProviderReview> {
    // A due date that was announced stays, unless the clock began anew or more time was given.
    const { dueDate, dueAt, dueProvisional } = row;
    const keepsDue = row.state.clock === state.clock && row.state.extension?.state === state.extension?.state;
    const due = keepsDue && { dueDate, dueAt, dueProvisional };
    await this.em.nativeUpdate(ProviderReview, { id: row.id }, { ...this.toColumns(row, state), ...due, ...more });
    await this.updateApplicationState(row.application);
    return (await this.findReview(row.id))!;
  }

  /** An application is closed when all its reviews are, and open again when one of them is. */
  private async updateApplicationState(id: string): Promise<void> {
    const reviews = await this.findReviews(id);
    const isClosed = reviews.every(({ closedAt }) => closedAt != null);
    const isWithdrawn = isClosed && reviews.every(({ status }) => status === 'WITHDRAWN');
    const state = isWithdrawn ? 'WITHDRAWN' : isClosed ? 'CLOSED' : 'SUBMITTED';
    const closedAt = isClosed ? this.now : null;
    await this.em.nativeUpdate(ShareApplication, { id, state: { $ne: state } }, { state, closedAt });
  }

  async recordEvent(
    application: string,
    { department, person, system }: Pick<FetchContext, 'department' | 'person' | 'system'>,
    { action, review, reason, clauses = [], version }: EventEntry,
  ): Promise<void> {
    await applicationTables(this.em)
      .insertInto('application_event')
      .values({
        application,
        track: review ?? null,
        at: this.now,
        department,
        actor: person ?? system,
        what: action,
        reason: reason ?? null,
        clauses: [...clauses],
        version,
      })
      .execute();
  }

  /** Events of a review after a version of it, the oldest first. */
  findEventsAfter(review: string, version: number): Promise<ApplicationEvent[]> {
    return this.em.find(
      ApplicationEvent,
      { review, version: { $gt: version } },
      { disableIdentityMap: true, orderBy: { id: 'asc' } },
    );
  }

  private toColumns(
    { process, department, provider }: Pick<ProviderReview, 'process' | 'department' | 'provider'>,
    state: ReviewState,
  ) {
    const due = computeDueDate(process.limit, state, this.days);
    const partyKeys: Readonly<Record<string, string>> = { applicant: department, provider };
    const isUndecided = isOpen(state) || state.status === 'ENTRY_PENDING';
    return {
      status: state.status,
      version: state.version,
      state,
      waitsOn: findAwaitedParties(process, state).map((party) => partyKeys[party] ?? `*${party}`),
      dueDate: due?.date ?? null,
      dueAt: due ? new Date(due.instant) : null,
      dueProvisional: due?.provisional ?? false,
      closedAt: isUndecided ? null : this.now,
      escalatedAt: state.escalated === undefined ? null : new Date(state.escalated),
    };
  }
}
