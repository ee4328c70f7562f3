import { localDate } from '../../../../shared/law/calendar/local-date.js';
import type { ApplicationFacts, PriorTerms } from './application-facts.js';
import type { FormFinding } from './form-finding.js';
import type { FormValues } from './form-values.js';

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
    const stands = one.state === 'DRAFT' ? 'is a draft' : 'is being reviewed';
    const message = `${one.id} asks for the same, until ${endOf(one)}, and ${stands}. Go on with it, or withdraw one of the two.`;
    return warn('ALREADY_APPLIED', message, one);
  });
  const begins = form.from === undefined ? now : Date.parse(form.from);
  const granted = grants.flatMap((grant): FormFinding[] => {
    const given = coordinates.filter((at) => grant.coordinates.includes(at));
    if (given.length === 0 || grant.until <= begins || !covers(grant, form)) return [];
    const items = given.length === coordinates.length ? 'all of this' : given.join(', ');
    const next = grant.suspended
      ? 'It is suspended; a new application does not lift that.'
      : 'Use it, or renew it with renewGrant where it ends too early.';
    return [warn('ALREADY_GRANTED', `${grant.id} gives ${items} until ${endOf(grant)}. ${next}`, grant)];
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
  { scenario, mode, rows, quotaPerDay = Infinity }: PriorTerms,
  { scenario: purpose, mode: way, rows: asked, quotaPerDay: uses = Infinity }: FormValues,
): boolean =>
  scenario === purpose &&
  mode === way &&
  quotaPerDay >= uses &&
  (rows === undefined || (asked?.every((row) => rows.some((prefix) => row.startsWith(prefix))) ?? false));

const warn = (code: FormFinding['code'], message: string, { id, until }: PriorTerms): FormFinding => ({
  code,
  severity: 'WARNING',
  part: 'coordinates',
  message,
  clauses: [],
  duplicate: { id, until },
});
