import { textIn, type Text } from '../../../../shared/kernel/index.js';
import type { Profile } from '../../../../shared/law/index.js';
import type { ApplicationPart, ReviewProcess } from '../review/review-process.js';
import type { ApplicationFacts } from './application-facts.js';
import { findDuplicates } from './find-duplicates.rule.js';
import type { AddFinding, FormFinding } from './form-finding.js';
import type { FormValues } from './form-values.js';
import { planReviews, type ReviewPlan } from './plan-reviews.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** Validates a form: everything that keeps it from being submitted, at once, what its writer had better know, and the
 *  reviews that it would go to.
 *  @source HZ-3.4a, HZ-8.5b, QZ-2.4a, QZ-5.3d, QZ-5.9a, CZ-5.2a, YN-16c, YN-16d, YN-16e, YN-16f, YN-17a */
export function validateForm(
  profile: Profile,
  form: FormValues,
  facts: ApplicationFacts,
): { readonly findings: readonly FormFinding[]; readonly plans: readonly ReviewPlan[] } {
  const findings: FormFinding[] = [];
  const add: AddFinding = (code, part, message, clauses = []) =>
    void findings.push({ code, severity: 'ERROR', part, message, clauses });
  const plans = planReviews(profile, form, facts, add);
  checkGround(profile, form, facts, add);
  checkLimits(form, facts, add);
  checkDetails(form, add);
  checkParts(form, plans, add);
  checkDeciders(facts, plans, add);
  findings.push(...findDuplicates(form, facts, profile.timeZone));
  return { findings: dropRepeated(findings), plans };
}

/** Checks the grounds on which the department may apply at all: scenario, duty and posts. */
function checkGround(
  profile: Profile,
  { scenario, duty, special, applicants = [] }: FormValues,
  facts: ApplicationFacts,
  add: AddFinding,
): void {
  const scenarioClauses = profile.grants?.scenarioBound?.clauses ?? [];
  if (!scenario) add('SCENARIO_MISSING', 'scenario', say('form.scenario'), scenarioClauses);
  else if (!facts.scenarios.includes(scenario))
    add('SCENARIO_UNKNOWN', 'scenario', say('form.scenarioUnknown', { scenario }), scenarioClauses);
  const dutyClauses = profile.applications?.content?.find(({ value }) => value.includes('DUTY'))?.clauses ?? [];
  if (!duty) add('DUTY_MISSING', 'duty', say('form.duty'), dutyClauses);
  else if (!facts.duties.includes(duty)) add('DUTY_UNKNOWN', 'duty', say('form.dutyUnknown', { duty }), dutyClauses);
  for (const person of special ? applicants.filter((one) => !facts.officers.includes(one)) : [])
    add('APPLICANT_UNKNOWN', 'applicants', say('form.applicantUnknown', { person }));
  for (const { value, clauses } of profile.persons?.named ?? [])
    for (const post of value.filter((one) => !facts.posts.includes(one)))
      add('POST_VACANT', 'department', say('form.postVacant', { post: wordOf('post', post) }), clauses);
}

/** Longest period of one application. */
const LONGEST_MS = 5 * 366 * 86_400_000;

/** Checks the period, the rows and the quota. */
function checkLimits({ from, until, rows, quotaPerDay }: FormValues, { now }: ApplicationFacts, add: AddFinding): void {
  const begins = from === undefined ? now : Date.parse(from);
  if (until !== undefined && Date.parse(until) <= Math.max(begins, now))
    add('PERIOD_WRONG', 'until', say('form.period'));
  if (until !== undefined && Date.parse(until) > Math.max(begins, now) + LONGEST_MS)
    add('PERIOD_WRONG', 'until', say('form.periodLong'));
  for (const row of rows ?? []) if (!/^\d{2,12}$/.test(row)) add('ROWS_WRONG', 'rows', say('form.row', { row }));
  if (rows?.length === 0) add('ROWS_WRONG', 'rows', say('form.noRow'));
  if (quotaPerDay !== undefined && quotaPerDay < 1) add('QUOTA_WRONG', 'quotaPerDay', say('form.quota'));
}

/** Checks that only a verification asks for more than one outcome for all claims together. */
function checkDetails({ mode, verificationDetails = [] }: FormValues, add: AddFinding): void {
  if (verificationDetails.length > 0 && mode !== undefined && mode !== 'VERIFY')
    add('DETAILS_UNFIT', 'verificationDetails', say('form.details', { mode: wordOf('mode', mode) }));
}

/** Checks that the form has every part that the law asks for. */
function checkParts(form: FormValues, plans: readonly ReviewPlan[], add: AddFinding): void {
  const required = new Map(plans.flatMap(({ process }) => process.parts).map((each) => [each.part, each]));
  for (const { part, clauses } of required.values()) {
    const field = PART_FIELDS[part];
    if (field && !field.isGiven(form)) add('PART_MISSING', field.name, field.message, clauses);
  }
}

/** Checks that another department can decide every step and the coordination. */
function checkDeciders({ soleRoles = [] }: ApplicationFacts, plans: readonly ReviewPlan[], add: AddFinding): void {
  for (const { process } of plans) {
    const { steps, coordinated } = process;
    const deciding: Pick<ReviewProcess['steps'][number], 'by' | 'clauses'>[] = [...steps];
    if (coordinated) deciding.push({ by: ['authority'], clauses: coordinated });
    for (const { by, clauses } of deciding)
      for (const role of by.filter((one) => soleRoles.includes(one))) {
        const message = say('form.noOtherDecider', { role: wordOf('role', role) });
        add('NO_OTHER_DECIDER', 'department', message, clauses);
      }
  }
}

const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';
const namesData = ({ coordinates = [], uncatalogued }: FormValues): boolean =>
  coordinates.length > 0 || uncatalogued !== undefined;

interface PartField {
  readonly name: keyof FormValues;
  readonly message: Text;
  readonly isGiven: (form: FormValues) => boolean;
}
/** Field of the form for each part that a law asks for. Parts that are not listed are known without being typed. */
const PART_FIELDS: Readonly<Partial<Record<ApplicationPart, PartField>>> = {
  CONTACT: {
    name: 'contactPhone',
    message: say('form.contact'),
    isGiven: ({ contactName, contactPhone }) => isFilled(contactName) && isFilled(contactPhone),
  },
  NEED: {
    name: 'need',
    message: say('form.need'),
    isGiven: (form) => isFilled(form.need) && namesData(form),
  },
  REASON: {
    name: 'reason',
    message: say('form.reason'),
    isGiven: ({ reason }) => isFilled(reason),
  },
  USE: {
    name: 'use',
    message: say('form.use'),
    isGiven: ({ use, uses = [] }) => isFilled(use) && uses.length > 0,
  },
  SCOPE_OF_USE: {
    name: 'scopeOfUse',
    message: say('form.scopeOfUse'),
    isGiven: ({ scopeOfUse }) => isFilled(scopeOfUse),
  },
  SECURITY_MEASURES: {
    name: 'securityMeasures',
    message: say('form.securityMeasures'),
    isGiven: ({ securityMeasures }) => isFilled(securityMeasures),
  },
  BULK_FINDING: {
    name: 'bulkFinding',
    message: say('form.bulkFinding'),
    isGiven: ({ bulkFinding }) => isFilled(bulkFinding),
  },
};

const dropRepeated = (findings: readonly FormFinding[]): FormFinding[] => [
  ...new Map(
    findings.map((finding) => [`${finding.code} ${finding.part} ${textIn(finding.message, 'en')}`, finding]),
  ).values(),
];
