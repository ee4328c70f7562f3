import type { EntityManager } from '@mikro-orm/postgresql';
import { type Recorded, type GovernanceContext, Refusal, type RefusalCode } from '../../core/index.js';
import { ApplicationFinding, type ApplicationResult } from './application-result.js';
import { ApplicationStore } from './application.store.js';
import {
  validateForm,
  type ApplicationFacts,
  type FormFinding,
  type FormValues,
  type ReviewPlan,
} from './validate-form.rule.js';
import { normaliseForm } from './normalise-form.rule.js';
import { readFacts } from './read-facts.js';
import type { ShareApplication } from './share-application.entity.js';
import type { Terms } from './terms.rule.js';
import { checkSubmitter } from './check-submitter.js';
import { applyCommand } from '../review/provider-review.rule.js';
import { findUnfitTexts } from './find-unfit-texts.rule.js';
import { listViewers } from '../review/viewer.js';

const YEAR_MS = 365 * 86_400_000;

/** Where a department writes its applications: drafts keep whatever was typed, and what is incomplete is told at once. */
export class ApplicationDrafts {
  private readonly now: number;
  private readonly store: ApplicationStore;

  constructor(
    private readonly em: EntityManager,
    private readonly context: GovernanceContext,
  ) {
    const { calendar, profile, now } = context.own;
    this.now = now();
    this.store = new ApplicationStore(em, { calendar, timeZone: profile.timeZone }, new Date(this.now));
  }

  /** A new draft. */
  async start(
    form: FormValues,
    masks: Terms['masks'] = {},
    submit = false,
    renews?: string,
  ): Promise<Recorded<ApplicationResult>> {
    const kept = normaliseForm(form);
    if ('wrong' in kept) return { result: unfit(kept.wrong) };
    const { department, person, system } = this.context.fetch;
    const application = await this.store.draft(department, person ?? system, kept.form, renews);
    await this.store.recordEvent(application.id, this.context.fetch, { what: 'START', version: application.version });
    return submit ? this.submit(application, masks) : { result: await this.told(application) };
  }

  /** What was typed anew takes the place of what was there. */
  async retype(id: string, version: number, form: FormValues, submit: boolean): Promise<Recorded<ApplicationResult>> {
    const found = await this.own(id, version);
    if ('refusal' in found) return { result: found };
    const { application } = found;
    const reviews = await this.store.findReviews(id);
    const isOpen = application.state === 'DRAFT' || reviews.some(({ status }) => status === 'CHANGES_ASKED');
    if (!isOpen)
      return {
        result: await this.told(
          application,
          refused('NOT_CHANGEABLE', `${id} is ${application.state}, and nobody has asked for changes.`),
        ),
      };
    const kept = normaliseForm(form);
    if ('wrong' in kept) return { result: { ...unfit(kept.wrong), application } };
    const changed = await this.store.change(id, {
      ...{ typed: kept.form, scenario: kept.form.scenario ?? null, version: version + 1 },
    });
    return submit ? this.submit(changed) : { result: await this.told(changed) };
  }

  async send(id: string, version: number): Promise<Recorded<ApplicationResult>> {
    const found = await this.own(id, version);
    return 'refusal' in found ? { result: found } : this.submit(found.application);
  }

  async withdraw(id: string, version: number, reason: string | undefined): Promise<Recorded<ApplicationResult>> {
    const found = await this.own(id, version);
    if ('refusal' in found) return { result: found };
    const wrong = findUnfitTexts({ reason });
    if (wrong.length > 0) return { result: { ...unfit(wrong), application: found.application } };
    const { application } = found;
    const { fetch } = this.context;
    const actor = { department: fetch.department, id: fetch.person ?? fetch.system, roles: fetch.roles ?? [] };
    let withdrawn = 0;
    for (const row of await this.store.findReviews(id)) {
      const applicant = { department: application.department, id: application.applicant };
      const of = { process: row.process, applicant, provider: row.provider, now: this.now };
      const outcome = applyCommand(row.state, of, { type: 'WITHDRAW', reason }, actor, row.version);
      if (!('review' in outcome)) continue;
      await this.store.move(row, outcome.review);
      withdrawn++;
    }
    if (application.state !== 'DRAFT' && withdrawn === 0)
      return {
        result: await this.told(application, refused('FINAL', `${id} is decided and can no longer be withdrawn.`)),
      };
    const isDraft = application.state === 'DRAFT';
    const closing = isDraft && { state: 'WITHDRAWN' as const, closedAt: new Date(this.now) };
    const changed = await this.store.change(id, { ...closing, version: version + 1 });
    await this.store.recordEvent(id, fetch, { what: 'WITHDRAW', reason, version: version + 1 });
    return {
      result: { application: changed, findings: [] },
      decision: { act: 'WITHDRAW_APPLICATION', object: `application/${id}`, concerns: departmentsIn(changed), reason },
    };
  }

  /** Sends a draft to its providers, or what was changed back to those who asked for it. */
  private async submit(
    application: ShareApplication,
    masks: Terms['masks'] = {},
  ): Promise<Recorded<ApplicationResult>> {
    const { id, typed, state } = application;
    const { profile } = this.context.own;
    const facts = await this.facts(typed, application.department);
    const { findings, plans } = validateForm(profile, typed, facts);
    const reviews = await this.store.findReviews(id);
    const waiting = reviews.filter(({ status }) => status === 'CHANGES_ASKED');
    const again = state !== 'DRAFT';
    if (again && waiting.length === 0)
      return { result: await this.told(application, refused('ALREADY_SUBMITTED', `${id} is ${state}.`)) };
    const all = [...findings, ...(again ? moved(waiting, plans) : [])];
    if (all.length > 0) return { result: incomplete(application, all) };
    const refusal = await checkSubmitter(this.em, this.context.fetch, profile);
    if (refusal) return { result: await this.told(application, refusal) };
    const asked = (plan: ReviewPlan): Terms => ({ ...this.terms(typed, plan), masks: pick(masks, plan) });
    if (again) {
      const { fetch } = this.context;
      const actor = { department: fetch.department, id: fetch.person ?? fetch.system, roles: fetch.roles ?? [] };
      const applicant = { department: application.department, id: application.applicant };
      for (const row of waiting) {
        const plan = planFor(row, plans)!;
        const of = { process: row.process, applicant, provider: row.provider, now: this.now };
        const outcome = applyCommand(row.state, of, { type: 'RESUBMIT', asked: asked(plan) }, actor, row.version);
        if ('review' in outcome) await this.store.move(row, outcome.review);
      }
    } else for (const plan of plans) await this.store.open(application, plan, asked(plan));
    const sent = await this.store.change(id, {
      ...{ state: 'SUBMITTED', version: application.version + 1 },
      ...(!again && { submittedAt: new Date(this.now) }),
      visibleTo: listViewers(application, again ? reviews : plans),
    });
    const clauses = [...new Set(plans.flatMap(({ process }) => process.steps.flatMap((step) => step.clauses)))];
    await this.store.recordEvent(id, this.context.fetch, {
      what: again ? 'RESUBMIT' : 'SUBMIT',
      clauses,
      version: sent.version,
    });
    const { scenario, mode, coordinates, duty } = typed;
    return {
      result: { application: sent, findings: [] },
      decision: {
        act: 'SUBMIT_APPLICATION',
        object: `application/${id}`,
        concerns: typed.special ? [] : plans.map(({ provider }) => provider),
        basis: clauses,
        terms: { profile: profile.prefix, scenario, mode, coordinates, duty, version: sent.version },
      },
    };
  }

  private terms({ mode, rows, from, until, quotaPerDay }: FormValues, { coordinates }: ReviewPlan): Terms {
    const begins = from === undefined ? undefined : Date.parse(from);
    return {
      mode: mode!,
      coordinates,
      ...(rows && { rows }),
      ...(begins !== undefined && { from: begins }),
      until: until === undefined ? (begins ?? this.now) + YEAR_MS : Date.parse(until),
      ...(quotaPerDay !== undefined && { quotaPerDay }),
      masks: {},
      conditions: [],
    };
  }

  private facts(form: FormValues, department: string): Promise<ApplicationFacts> {
    return readFacts(this.em, department, form, this.now);
  }

  private async told(application: ShareApplication, refusal?: Refusal): Promise<ApplicationResult> {
    const findings =
      application.state === 'DRAFT'
        ? validateForm(
            this.context.own.profile,
            application.typed,
            await this.facts(application.typed, application.department),
          ).findings
        : [];
    return {
      application,
      findings: findings.map((finding) => ApplicationFinding.of(finding)),
      ...(refusal && { refusal }),
    };
  }

  /** An application of the caller's department, as the caller has seen it. */
  private async own(
    id: string,
    version: number,
  ): Promise<{ application: ShareApplication } | (ApplicationResult & { refusal: Refusal })> {
    const application = await this.store.find(id);
    if (!application || application.department !== this.context.fetch.department)
      return { findings: [], refusal: refused('APPLICATION_UNKNOWN', `Your department has no application ${id}.`) };
    if (application.version === version) return { application };
    const refusal = refused(
      'STALE_VERSION',
      `${id} has changed since you looked (version ${version}, now ${application.version}). Look again; nothing was overwritten.`,
    );
    return { application, findings: [], refusal };
  }
}

const refused = (code: RefusalCode, message: string): Refusal => Refusal.because(code, message);

const unfit = (wrong: readonly string[]): ApplicationResult => ({
  findings: [],
  refusal: Refusal.because('TEXT_UNFIT', 'Some texts cannot be kept; nothing was changed.', [], wrong),
});

function incomplete(application: ShareApplication, findings: readonly FormFinding[]): ApplicationResult {
  const clauses = [...new Set(findings.flatMap((finding) => finding.clauses))];
  const messages = findings.map(({ message }) => message);
  const message = `${findings.length} things are to be corrected before it can be sent. What you typed is kept as ${application.id}.`;
  return {
    application,
    findings: findings.map((finding) => ApplicationFinding.of(finding)),
    refusal: Refusal.because('INCOMPLETE', message, clauses, messages),
  };
}

type Row = { readonly provider: string; readonly kind: string };
const planFor = ({ provider, kind }: Row, plans: readonly ReviewPlan[]): ReviewPlan | undefined =>
  plans.find((plan) => plan.provider === provider && plan.process.kind === kind);

/** An answer to asked-for changes keeps to the part that was asked about. */
const moved = (waiting: readonly Row[], plans: readonly ReviewPlan[]): FormFinding[] =>
  waiting
    .filter((row) => !planFor(row, plans))
    .map(({ provider }) => ({
      ...{ code: 'PART_GONE', part: 'coordinates', clauses: [] },
      message: `Nothing is asked of ${provider} any more. Withdraw the application instead.`,
    }));

const pick = (masks: Terms['masks'], { coordinates }: ReviewPlan): Terms['masks'] =>
  Object.fromEntries(Object.entries(masks).filter(([at]) => (coordinates as readonly string[]).includes(at)));

/** Departments among those who see an application. */
const departmentsIn = ({ visibleTo }: ShareApplication): string[] => visibleTo.filter((key) => !/^[*@]/.test(key));
