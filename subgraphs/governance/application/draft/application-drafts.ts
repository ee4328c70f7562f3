import type { Text } from '../../../../shared/kernel/index.js';
import type { EntityManager } from '@mikro-orm/postgresql';
import { wordOf, type Recorded, type GovernanceContext, Refusal } from '../../core/index.js';
import { applyCommand } from '../review/apply-command.rule.js';
import type { Actor, CommandOutcome, ReviewCommand } from '../review/commands/review-command.rule.js';
import type { ProviderReview } from '../review/provider-review.entity.js';
import { listDraftViewers, listViewers, viewerKeys } from '../review/viewers.js';
import { canSeeApplication } from '../review/visibility.js';
import type { ApplicationFacts } from './application-facts.js';
import { ApplicationFinding, type ApplicationResult } from './application-result.js';
import { ApplicationStore } from './application.store.js';
import { checkSubmitter } from './check-submitter.js';
import { findUnfitTexts } from './find-unfit-texts.rule.js';
import type { FormFinding } from './form-finding.js';
import type { FormValues } from './form-values.js';
import { normaliseForm } from './normalise-form.rule.js';
import { findAccounts, findOfficers } from '../../register/index.js';
import type { ReviewPlan } from './plan-reviews.rule.js';
import { readFacts } from './read-facts.js';
import { readPriorTerms } from './read-prior-terms.js';
import type { ShareApplication } from './share-application.entity.js';
import type { Terms } from './terms.rule.js';
import { toTerms } from './to-terms.rule.js';
import { validateForm } from './validate-form.rule.js';
import { say } from '../messages/index.js';

type Result = Recorded<ApplicationResult>;
type Masks = Terms['masks'];

/** Applications as the department that applies changes them. A draft keeps everything that was typed, and every answer
 *  names all that it still lacks. */
export class ApplicationDrafts {
  private readonly now: number;
  private readonly store: ApplicationStore;

  constructor(
    private readonly em: EntityManager,
    private readonly context: GovernanceContext,
  ) {
    this.now = context.own.now();
    this.store = new ApplicationStore(em, context.own, this.now);
  }

  /** Starts a draft, and submits it where `submit` says so. A renewal names its grant in `renews` and keeps its masks. */
  async start(
    form: FormValues,
    { submit = false, masks, renews }: { submit?: boolean; masks?: Masks; renews?: string } = {},
  ): Promise<Result> {
    const normalised = normaliseForm(form);
    if ('problems' in normalised) return { result: refuseTexts(normalised.problems) };
    const { department, id: applicant } = this.actor();
    const { form: typed } = normalised;
    const visibleTo = await this.listDraftViewers(department, applicant, typed);
    const application = await this.store.addDraft({ department, applicant, typed, visibleTo }, renews);
    const { version } = application;
    await this.store.recordEvent(application.id, this.context.fetch, { action: 'START', version });
    return submit ? this.submit(application, masks) : { result: await this.toResult(application) };
  }

  /** Replaces the form of a draft, or of an application that a reviewer asked to change. */
  async change(id: string, version: number, form: FormValues, submit: boolean): Promise<Result> {
    const found = await this.findOwn(id, version);
    if ('refusal' in found) return { result: found };
    const { application } = found;
    const isChangeable = application.state === 'DRAFT' || (await this.findReturned(id)).length > 0;
    if (!isChangeable) {
      const message = say('draft.notChangeable', { id, state: wordOf('application', application.state) });
      return { result: await this.toResult(application, Refusal.because('NOT_CHANGEABLE', message)) };
    }
    const normalised = normaliseForm(form);
    if ('problems' in normalised) return { result: { ...refuseTexts(normalised.problems), application } };
    const { form: typed } = normalised;
    const scenario = typed.scenario ?? null;
    const { department, applicant, state } = application;
    const changed = await this.store.change(id, {
      ...{ typed, scenario, version: version + 1 },
      ...(state === 'DRAFT' && { visibleTo: await this.listDraftViewers(department, applicant, typed) }),
    });
    await this.store.recordEvent(id, this.context.fetch, { action: 'CHANGE', version: changed.version });
    return submit ? this.submit(changed) : { result: await this.toResult(changed) };
  }

  /** Submits a draft, or an application that was changed as a reviewer asked. */
  async submitOwn(id: string, version: number): Promise<Result> {
    const found = await this.findOwn(id, version);
    return 'refusal' in found ? { result: found } : this.submit(found.application);
  }

  /** Withdraws a draft, or every review of an application that is not decided. */
  async withdraw(id: string, version: number, reason: string | undefined): Promise<Result> {
    const found = await this.findOwn(id, version);
    if ('refusal' in found) return { result: found };
    const { application } = found;
    const unfit = findUnfitTexts({ reason });
    if (unfit.length > 0) return { result: { ...refuseTexts(unfit), application } };
    let withdrawn = 0;
    for (const row of await this.store.findReviews(id))
      if (await this.applyTo(row, application, { type: 'WITHDRAW', reason })) withdrawn++;
    const isDraft = application.state === 'DRAFT';
    if (!isDraft && withdrawn === 0) {
      const refusal = Refusal.because('FINAL', say('draft.decided', { id }));
      return { result: await this.toResult(application, refusal) };
    }
    const changed = await this.store.change(id, {
      ...(isDraft && { state: 'WITHDRAWN', closedAt: new Date(this.now) }),
      version: version + 1,
    });
    const event = { action: 'WITHDRAW', reason, version: version + 1 } as const;
    await this.store.recordEvent(id, this.context.fetch, event);
    return {
      result: { application: changed, findings: [] },
      decision: {
        act: 'WITHDRAW_APPLICATION',
        object: `application/${id}`,
        concerns: listDepartments(changed),
        reason,
      },
    };
  }

  /** Sends a draft to its providers, or a changed application back to those who asked for changes. */
  private async submit(application: ShareApplication, masks: Masks = {}): Promise<Result> {
    const { id, typed, state } = application;
    const { profile } = this.context.own;
    const isFirst = state === 'DRAFT';
    const returned = await this.findReturned(id);
    const { findings: found, plans, officers } = await this.validate(application);
    if (!isFirst && returned.length === 0) {
      const refusal = Refusal.because(
        'ALREADY_SUBMITTED',
        say('draft.alreadySubmitted', { id, state: wordOf('application', state) }),
      );
      return { result: await this.toResult(application, refusal) };
    }
    const findings = isFirst ? found : [...found, ...findAbandonedReviews(returned, plans)];
    if (findings.some(isError)) return { result: refuseIncomplete(application, findings) };
    const refusal = await checkSubmitter(this.em, this.context.fetch, profile);
    if (refusal) return { result: await this.toResult(application, refusal) };
    if (isFirst)
      for (const plan of plans)
        await this.store.addReview(application, plan, toTerms(typed, plan, masks, this.now, profile.timeZone));
    else
      for (const row of returned) {
        const asked = toTerms(typed, findPlan(row, plans)!, masks, this.now, profile.timeZone);
        await this.applyTo(row, application, { type: 'RESUBMIT', asked });
      }
    const sent = await this.store.change(id, {
      state: 'SUBMITTED',
      version: application.version + 1,
      ...(isFirst && { submittedAt: new Date(this.now) }),
      // Who has left the department since sees it no more, also where they began it.
      visibleTo: listViewers(application, isFirst ? plans : await this.store.findReviews(id), [
        this.actor().id,
        ...officers,
      ]),
    });
    const clauses = [...new Set(plans.flatMap(({ process }) => process.steps.flatMap((step) => step.clauses)))];
    const { version } = sent;
    await this.store.recordEvent(id, this.context.fetch, {
      action: isFirst ? 'SUBMIT' : 'RESUBMIT',
      clauses,
      version,
    });
    const { scenario, mode, coordinates, duty } = typed;
    return {
      result: { application: sent, findings: findings.map((finding) => ApplicationFinding.of(finding)) },
      decision: {
        act: 'SUBMIT_APPLICATION',
        object: `application/${id}`,
        concerns: typed.special ? [] : plans.map(({ provider }) => provider),
        basis: clauses,
        terms: { profile: profile.prefix, scenario, mode, coordinates, duty, version },
      },
    };
  }

  /** Applies a command of the applicant to a review.
   *  @returns false where the review refuses it */
  private async applyTo(
    row: ProviderReview,
    { department, applicant }: ShareApplication,
    command: Extract<ReviewCommand, { readonly type: 'RESUBMIT' | 'WITHDRAW' }>,
  ): Promise<boolean> {
    const { process, provider, state, version } = row;
    const context = { process, provider, applicant: { department, id: applicant }, authorities: [], now: this.now };
    const outcome: CommandOutcome = applyCommand(state, context, command, this.actor(), version);
    if ('refused' in outcome) return false;
    await this.store.saveReview(row, outcome.review);
    return true;
  }

  private async listDraftViewers(department: string, applicant: string, typed: FormValues): Promise<string[]> {
    const named = [applicant, ...(typed.applicants ?? [])];
    const officers = await findOfficers(this.em, department, named, { onlyActive: true });
    return listDraftViewers(department, typed, [this.actor().id, ...officers]);
  }

  private actor(): Actor {
    const { department, person, system, roles = [] } = this.context.fetch;
    return { department, id: person ?? system, roles };
  }

  /** Reports whether the caller has acted in a review of the application for another department than the one that asks. */
  private async hasDecided(id: string): Promise<boolean> {
    const { id: caller } = this.actor();
    const accounts = await findAccounts(this.em, caller);
    const reviews = await this.store.findReviews(id);
    return reviews.some(({ state }) => state.acts.some(({ by, as }) => accounts.includes(by) && as !== 'applicant'));
  }

  /** Reviews whose reviewer asked for changes. */
  private async findReturned(id: string): Promise<ProviderReview[]> {
    return (await this.store.findReviews(id)).filter(({ status }) => status === 'CHANGES_ASKED');
  }

  /** Also the active officers among those who began the application or are named in it. */
  private async validate(
    application: ShareApplication,
  ): Promise<ReturnType<typeof validateForm> & Pick<ApplicationFacts, 'officers'>> {
    const { em, now, context } = this;
    const { profile } = context.own;
    const facts = await readFacts(em, application);
    const prior = await readPriorTerms(em, application, viewerKeys(context.fetch), now, profile.timeZone);
    return { ...validateForm(profile, application.typed, { ...facts, ...prior, now }), officers: facts.officers };
  }

  private async toResult(application: ShareApplication, refusal?: Refusal): Promise<ApplicationResult> {
    const { findings } = application.state === 'DRAFT' ? await this.validate(application) : { findings: [] };
    return {
      application,
      findings: findings.map((finding) => ApplicationFinding.of(finding)),
      ...(refusal && { refusal }),
    };
  }

  /** An application of the caller's department, at the version that the caller last saw. */
  private async findOwn(
    id: string,
    version: number,
  ): Promise<{ application: ShareApplication } | (ApplicationResult & { refusal: Refusal })> {
    const application = await this.store.find(id);
    const isOwn = application?.department === this.context.fetch.department;
    if (!isOwn || !(await canSeeApplication(this.em, application, this.context.fetch))) {
      const refusal = Refusal.because('APPLICATION_UNKNOWN', say('draft.unknown', { id }));
      return { findings: [], refusal };
    }
    if (await this.hasDecided(id)) {
      const message = say('draft.decidedByYou');
      return { findings: [], refusal: Refusal.because('SAME_PERSON', message) };
    }
    if (application.version === version) return { application };
    const refusal = Refusal.because(
      'STALE_VERSION',
      say('draft.stale', { id, seen: version, now: application.version }),
    );
    return { application, findings: [], refusal };
  }
}

const refuseTexts = (problems: readonly Text[]): ApplicationResult => ({
  findings: [],
  refusal: Refusal.because('TEXT_UNFIT', say('draft.unfitTexts'), [], problems),
});

function refuseIncomplete(application: ShareApplication, findings: readonly FormFinding[]): ApplicationResult {
  const errors = findings.filter(isError);
  const clauses = [...new Set(errors.flatMap((finding) => finding.clauses))];
  const messages = errors.map(({ message }) => message);
  const message = say('draft.incomplete', { count: errors.length, id: application.id });
  return {
    application,
    findings: findings.map((finding) => ApplicationFinding.of(finding)),
    refusal: Refusal.because('INCOMPLETE', message, clauses, messages),
  };
}

const isError = ({ severity }: FormFinding): boolean => severity === 'ERROR';

type ReviewKey = Pick<ProviderReview, 'provider' | 'kind'>;
const findPlan = ({ provider, kind }: ReviewKey, plans: readonly ReviewPlan[]): ReviewPlan | undefined =>
  plans.find((plan) => plan.provider === provider && plan.process.kind === kind);

/** Reviews for which the changed form asks nothing any more: a change keeps to the parts that it was asked for. */
const findAbandonedReviews = (returned: readonly ReviewKey[], plans: readonly ReviewPlan[]): FormFinding[] =>
  returned
    .filter((row) => !findPlan(row, plans))
    .map(({ provider }) => ({
      code: 'PART_GONE',
      severity: 'ERROR',
      part: 'coordinates',
      clauses: [],
      message: say('draft.partGone', { provider }),
    }));

/** The departments among the viewers of an application. */
const listDepartments = ({ visibleTo }: ShareApplication): string[] => visibleTo.filter((key) => !/^[*@]/.test(key));
