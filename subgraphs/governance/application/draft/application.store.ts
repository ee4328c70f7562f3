import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { nextNumber } from '../../core/index.js';
import { ApplicationEvent } from './application-event.entity.js';
import { ApplicationTrack } from '../review/provider-review.entity.js';
import { dueOf, type Days } from '../review/clock.js';
import type { Form, TrackPlan } from './completeness.rule.js';
import { ShareApplication } from './share-application.entity.js';
import type { Terms } from './terms.rule.js';
import { awaited, isOpen, opened, type Track } from '../review/review-state.rule.js';

/** What is written down of something that was done. */
export interface Happening {
  readonly what: string;
  readonly track?: string;
  readonly reason?: string | undefined;
  readonly clauses?: readonly string[] | undefined;
  readonly version: number;
}

/** Rows of applications, their tracks and their history. */
export class ApplicationStore {
  constructor(
    private readonly em: EntityManager,
    private readonly days: Days,
    private readonly now: Date,
  ) {}

  find(id: string): Promise<ShareApplication | null> {
    return this.em.findOne(ShareApplication, { id }, { disableIdentityMap: true });
  }

  track(id: string): Promise<ApplicationTrack | null> {
    return this.em.findOne(ApplicationTrack, { id }, { disableIdentityMap: true });
  }

  tracksOf(application: string): Promise<ApplicationTrack[]> {
    return this.em.find(ApplicationTrack, { application }, { disableIdentityMap: true, orderBy: { id: 'asc' } });
  }

  async draft(department: string, applicant: string, typed: Form, renews?: string): Promise<ShareApplication> {
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

  async open(application: ShareApplication, { provider, process }: TrackPlan, asked: Terms): Promise<ApplicationTrack> {
    const { id: of, department } = application;
    const id = `${of}/${provider}${process.kind === 'CONDITIONAL' ? '' : `/${process.kind.toLowerCase()}`}`;
    const track = opened(process, asked, this.now.getTime());
    const fresh = { id, application: of, department, provider, kind: process.kind, process };
    await this.em.insert(ApplicationTrack, {
      ...fresh,
      ...this.columns({ process, department, provider }, track),
      submittedAt: this.now,
    });
    return (await this.track(id))!;
  }

  async move(row: ApplicationTrack, track: Track, more: Partial<ApplicationTrack> = {}): Promise<ApplicationTrack> {
    // A due date that was told stays, unless the clock began anew or more time was given.
    const { dueDate, dueAt, dueProvisional } = row;
    const same = row.state.clock === track.clock && row.state.extension?.state === track.extension?.state;
    const due = same && { dueDate, dueAt, dueProvisional };
    await this.em.nativeUpdate(ApplicationTrack, { id: row.id }, { ...this.columns(row, track), ...due, ...more });
    await this.settle(row.application);
    return (await this.track(row.id))!;
  }

  /** An application is closed when all its parts are, and open again when one of them is. */
  private async settle(id: string): Promise<void> {
    const tracks = await this.tracksOf(id);
    const closed = tracks.every(({ closedAt }) => closedAt !== null && closedAt !== undefined);
    const withdrawn = closed && tracks.every(({ status }) => status === 'WITHDRAWN');
    const state = withdrawn ? 'WITHDRAWN' : closed ? 'CLOSED' : 'SUBMITTED';
    await this.em.nativeUpdate(
      ShareApplication,
      { id, state: { $ne: state } },
      { state, closedAt: closed ? this.now : null },
    );
  }

  async happened(application: string, { dep, per, sys }: FetchContext, happening: Happening): Promise<void> {
    const { what, track = null, reason = null, clauses = [], version } = happening;
    await this.em.execute(
      `insert into application_event (application, track, at, department, actor, what, reason, clauses, version)
       values (?, ?, ?, ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?)`,
      [application, track, this.now, dep, per ?? sys, what, reason, JSON.stringify(clauses), version],
    );
  }

  /** What happened to a track after a version of it. */
  since(track: string, version: number): Promise<ApplicationEvent[]> {
    return this.em.find(
      ApplicationEvent,
      { track, version: { $gt: version } },
      { disableIdentityMap: true, orderBy: { id: 'asc' } },
    );
  }

  private columns(
    { process, department, provider }: Pick<ApplicationTrack, 'process' | 'department' | 'provider'>,
    state: Track,
  ) {
    const due = dueOf(process.limit, state, this.days);
    const waits = awaited(process, state).map((who) =>
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
