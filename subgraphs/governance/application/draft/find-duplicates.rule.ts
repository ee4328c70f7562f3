import type { Text } from '../../../../shared/kernel/index.js';
import { localDate } from '../../../../shared/law/calendar/local-date.js';
import type { ApplicationFacts, PriorTerms } from './application-facts.js';
import type { FormFinding } from './form-finding.js';
import type { FormValues } from './form-values.js';
import { say } from '../messages/index.js';

/** Finds what repeats the form: applications that are open and ask for all of it, and grants that give some of it already.
 *  They are warnings: an application may be right all the same, such as one for a longer time.
 *  @param timeZone  of the jurisdiction, in which days are named */
export function findDuplicates(
  form: FormValues,
  { open, grants, now }: Pick<ApplicationFacts, 'open' | 'grants' | 'now'>,
  timeZone: string,
): FormFinding[] {
  const { coordinates = [], uncatalogued } = form;
  const endOf = ({ until }: PriorTerms) => localDate(until, timeZone);
  const need = toNeedKey(uncatalogued);
  const repeated = open.filter(
    (one) => covers(one, form) && coordinates.every((at) => one.coordinates.includes(at)) && one.need === need,
  );
  const applied = repeated.map((one): FormFinding => {
    const stands = one.state === 'DRAFT' ? say('duplicate.isDraft') : say('duplicate.isReviewed');
    const message = say('duplicate.applied', { id: one.id, until: endOf(one), stands });
    return warn('ALREADY_APPLIED', message, one);
  });
  const begins = form.from === undefined ? now : Date.parse(form.from);
  const granted = grants.flatMap((grant): FormFinding[] => {
    const given = coordinates.filter((at) => grant.coordinates.includes(at));
    if (given.length === 0 || grant.until <= begins || !covers(grant, form)) return [];
    const items = given.length === coordinates.length ? say('duplicate.all') : given.join(', ');
    const next = grant.suspended ? say('duplicate.suspended') : say('duplicate.use');
    return [
      warn('ALREADY_GRANTED', say('duplicate.granted', { id: grant.id, items, until: endOf(grant), next }), grant),
    ];
  });
  return namesData(form) ? [...applied, ...granted] : [];
}

/** Described data that no catalogue has, in a form that can be compared. */
export const toNeedKey = (uncatalogued: FormValues['uncatalogued']): string | undefined =>
  uncatalogued && `${uncatalogued.provider} ${uncatalogued.description}`;

const namesData = ({ coordinates = [], uncatalogued }: FormValues): boolean =>
  coordinates.length > 0 || uncatalogued !== undefined;

/** Reports whether the terms, whatever their items, reach as far as the form does. */
const covers = (
  { scenario, mode, rows, quotaPerDay = Infinity, verificationDetails: details = [] }: PriorTerms,
  { scenario: purpose, mode: way, rows: asked, quotaPerDay: uses = Infinity, verificationDetails = [] }: FormValues,
): boolean =>
  scenario === purpose &&
  mode === way &&
  quotaPerDay >= uses &&
  verificationDetails.every((one) => details.includes(one)) &&
  (rows === undefined || (asked?.every((row) => rows.some((prefix) => row.startsWith(prefix))) ?? false));

const warn = (code: FormFinding['code'], message: Text, { id, until }: PriorTerms): FormFinding => ({
  code,
  severity: 'WARNING',
  part: 'coordinates',
  message,
  clauses: [],
  duplicate: { id, until },
});
