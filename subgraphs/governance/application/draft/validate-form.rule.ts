import type { Profile } from '../../../../shared/law/index.js';
import type { ApplicationPart, ReviewProcess } from '../review/review-process.js';
import type { ApplicationFacts } from './application-facts.js';
import { findDuplicates } from './find-duplicates.rule.js';
import type { AddFinding, FormFinding } from './form-finding.js';
import type { FormValues } from './form-values.js';
import { planReviews, type ReviewPlan } from './plan-reviews.rule.js';

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
  if (!scenario) add('SCENARIO_MISSING', 'scenario', 'Name the scenario in which the data is used.', scenarioClauses);
  else if (!facts.scenarios.includes(scenario))
    add('SCENARIO_UNKNOWN', 'scenario', `Your department has no scenario "${scenario}".`, scenarioClauses);
  const dutyClauses = profile.applications?.content?.find(({ value }) => value.includes('DUTY'))?.clauses ?? [];
  if (!duty) add('DUTY_MISSING', 'duty', 'Name the duty of your department that the data serves.', dutyClauses);
  else if (!facts.duties.includes(duty))
    add('DUTY_UNKNOWN', 'duty', `"${duty}" is no duty that your department has now.`, dutyClauses);
  for (const person of special ? applicants.filter((one) => !facts.officers.includes(one)) : [])
    add('APPLICANT_UNKNOWN', 'applicants', `"${person}" is no active officer of your department.`);
  for (const { value, clauses } of profile.persons?.named ?? [])
    for (const post of value.filter((one) => !facts.posts.includes(one)))
      add('POST_VACANT', 'department', `Your department must first name its ${post}.`, clauses);
}

/** Longest period of one application. */
const LONGEST_MS = 5 * 366 * 86_400_000;

/** Checks the period, the rows and the quota. */
function checkLimits({ from, until, rows, quotaPerDay }: FormValues, { now }: ApplicationFacts, add: AddFinding): void {
  const begins = from === undefined ? now : Date.parse(from);
  if (until !== undefined && Date.parse(until) <= Math.max(begins, now))
    add('PERIOD_WRONG', 'until', 'The period must end after it begins, and not in the past.');
  if (until !== undefined && Date.parse(until) > Math.max(begins, now) + LONGEST_MS)
    add('PERIOD_WRONG', 'until', 'The period must be at most five years; renew the grant when it ends.');
  for (const row of rows ?? [])
    if (!/^\d{2,12}$/.test(row)) add('ROWS_WRONG', 'rows', `"${row}" is no division code prefix (2 to 12 digits).`);
  if (rows?.length === 0) add('ROWS_WRONG', 'rows', '`rows` names no division; leave it out for all rows.');
  if (quotaPerDay !== undefined && quotaPerDay < 1) add('QUOTA_WRONG', 'quotaPerDay', 'A quota is at least 1 a day.');
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
        const message = `Only your own department acts as ${role}, and nobody decides what it asks for itself. Apply to the level above.`;
        add('NO_OTHER_DECIDER', 'department', message, clauses);
      }
  }
}

const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';
const namesData = ({ coordinates = [], uncatalogued }: FormValues): boolean =>
  coordinates.length > 0 || uncatalogued !== undefined;

interface PartField {
  readonly name: keyof FormValues;
  readonly message: string;
  readonly isGiven: (form: FormValues) => boolean;
}
/** Field of the form for each part that a law asks for. Parts that are not listed are known without being typed. */
const PART_FIELDS: Readonly<Partial<Record<ApplicationPart, PartField>>> = {
  CONTACT: {
    name: 'contactPhone',
    message: 'Name a contact, `contactName` and `contactPhone`.',
    isGiven: ({ contactName, contactPhone }) => isFilled(contactName) && isFilled(contactPhone),
  },
  NEED: {
    name: 'need',
    message: 'Say in `need` what is needed.',
    isGiven: (form) => isFilled(form.need) && namesData(form),
  },
  REASON: {
    name: 'reason',
    message: 'Say in `reason` why it is applied for.',
    isGiven: ({ reason }) => isFilled(reason),
  },
  USE: {
    name: 'use',
    message: 'Say what it is used for, in `use` and by at least one of `uses`.',
    isGiven: ({ use, uses = [] }) => isFilled(use) && uses.length > 0,
  },
  SCOPE_OF_USE: {
    name: 'scopeOfUse',
    message: 'Say in `scopeOfUse` who uses it and where.',
    isGiven: ({ scopeOfUse }) => isFilled(scopeOfUse),
  },
  SECURITY_MEASURES: {
    name: 'securityMeasures',
    message: 'Say in `securityMeasures` how it is kept safe.',
    isGiven: ({ securityMeasures }) => isFilled(securityMeasures),
  },
  BULK_FINDING: {
    name: 'bulkFinding',
    message: 'Say in `bulkFinding` why neither queries nor verification will do.',
    isGiven: ({ bulkFinding }) => isFilled(bulkFinding),
  },
};

const dropRepeated = (findings: readonly FormFinding[]): FormFinding[] => [
  ...new Map(findings.map((finding) => [`${finding.code} ${finding.part} ${finding.message}`, finding])).values(),
];
