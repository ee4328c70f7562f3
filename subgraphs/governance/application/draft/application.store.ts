import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { nextNumber } from '../../core/index.js';
import { ApplicationEvent } from './application-event.entity.js';
import { ProviderReview } from '../review/provider-review.entity.js';
import { computeDueDate, type Days } from '../review/review-time.js';
import type { FormValues, ReviewPlan } from './validate-form.rule.js';
import { ShareApplication } from './share-application.entity.js';
import type { Terms } from './terms.rule.js';
import { findAwaitedParties, isOpen, openReview, type ReviewState } from '../review/review-state.rule.js';

/** What is written down of something that was done. */
export interface EventEntry {
  readonly what: string;
  readonly review?: string;
  readonly reason?: string | undefined;
  readonly clauses?: readonly string[] | undefined;
  readonly version: number;
}

/** Rows of applications, their reviews and their history. */
export class ApplicationStore {
  constructor(
    private readonly em: EntityManager,
    private readonly days: Days,
    private readonly now: Date,
  ) {}

  find(id: string): Promise<ShareApplication | null> {
    return this.em.findOne(ShareApplication, { id }, { disableIdentityMap: true });
  }

  findReview(id: string): Promise<ProviderReview | null> {
    return this.em.findOne(ProviderReview, { id }, { disableIdentityMap: true });
  }

  findReviews(application: string): Promise<ProviderReview[]> {
    return this.em.find(ProviderReview, { application }, { disableIdentityMap: true, orderBy: { id: 'asc' } });
  }

  async draft(department: string, applicant: string, typed: FormValues, renews?: string): Promise<ShareApplication> {
    const id = await nextNumber(this.em, 'share_application_number', 'A');
    const fresh = { id, department, applicant, state: 'DRAFT' as const, typed, version: 1, createdAt: this.now };
    const { scenario = null } = typed;
    await this.em.insert(ShareApplication, { ...fresh, scenario, visibleTo: [department], ...(renews && { renews }) });
    return (await this.find(id))!;
  }

  async change(id: string, change: Partial<ShareApplication>): Promise<ShareApplication> {
    await this.em.nativeUpdate(ShareApplication, { id }, change);
    return (await this.find(id))!;
  }

  async open(application: ShareApplication, { provider, process }: ReviewPlan, asked: Terms): Promise<ProviderReview> {
    const { id: of, department } = application;
    const id = `${of}/${provider}${process.kind === 'CONDITIONAL' ? '' : `/${process.kind.toLowerCase()}`}`;
    const review = openReview(process, asked, this.now.getTime());
    const fresh = { id, application: of, department, provider, kind: process.kind, process };
    await this.em.insert(ProviderReview, {
      ...fresh,
      ...this.columns({ process, department, provider }, review),
      submittedAt: this.now,
    });
    return (await this.findReview(id))!;
  }

  async move(row: ProviderReview, review: ReviewState, more: Partial<ProviderReview> = {}): Promise<ProviderReview> {
    // A due date that was told stays, unless the clock began anew or more time was given.
    const { dueDate, dueAt, dueProvisional } = row;
    const same = row.state.clock === review.clock && row.state.extension?.state === review.extension?.state;
    const due = same && { dueDate, dueAt, dueProvisional };
    await this.em.nativeUpdate(ProviderReview, { id: row.id }, { ...this.columns(row, review), ...due, ...more });
    await this.settle(row.application);
    return (await this.findReview(row.id))!;
  }

  /** An application is closed when all its parts are, and open again when one of them is. */
  private async settle(id: string): Promise<void> {
    const reviews = await this.findReviews(id);
    const closed = reviews.every(({ closedAt }) => closedAt !== null && closedAt !== undefined);
    const withdrawn = closed && reviews.every(({ status }) => status === 'WITHDRAWN');
    const state = withdrawn ? 'WITHDRAWN' : closed ? 'CLOSED' : 'SUBMITTED';
    await this.em.nativeUpdate(
      ShareApplication,
      { id, state: { $ne: state } },
      { state, closedAt: closed ? this.now : null },
    );
  }

  async recordEvent(
    application: string,
    { department, person, system }: FetchContext,
    happening: EventEntry,
  ): Promise<void> {
    const { what, review = null, reason = null, clauses = [], version } = happening;
    await this.em.execute(
      `insert into application_event (application, track, at, department, actor, what, reason, clauses, version)
       values (?, ?, ?, ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?)`,
      [application, review, this.now, department, person ?? system, what, reason, JSON.stringify(clauses), version],
    );
  }

  /** What happened to a review after a version of it. */
  since(review: string, version: number): Promise<ApplicationEvent[]> {
    return this.em.find(
      ApplicationEvent,
      { review, version: { $gt: version } },
      { disableIdentityMap: true, orderBy: { id: 'asc' } },
    );
  }

  private columns(
    { process, department, provider }: Pick<ProviderReview, 'process' | 'department' | 'provider'>,
    state: ReviewState,
  ) {
    const due = computeDueDate(process.limit, state, this.days);
    const waits = findAwaitedParties(process, state).map((who) =>
      who === 'applicant' ? department : who === 'provider' ? provider : `*${who}`,
    );
    const open = isOpen(state) || state.status === 'ENTRY_PENDING';
    return {
      ...{ status: state.status, version: state.version, state, waitsOn: waits },
      ...{
        dueDate: due?.date ?? null,
        dueAt: due ? new Date(due.instant) : null,
        dueProvisional: due?.provisional ?? false,
      },
      closedAt: open ? null : this.now,
      escalatedAt: state.escalated === undefined ? null : new Date(state.escalated),
    };
  }
}
