import { error, type CatalogueLaw, type CheckedEntry, type Finding } from './finding.rule.js';

/** What each attribute that a profile may ask for is here. */
const VALUES: Readonly<Record<string, (entry: CheckedEntry) => unknown>> = {
  NAME: ({ name }) => name,
  FORMAT: ({ format }) => format,
  SHARE_TYPE: ({ items }) => items.length > 0 && items.every(({ shareType }) => shareType),
  SHARE_SCOPE: ({ shareScope }) => shareScope,
  UPDATE_CYCLE: ({ updateCycle }) => updateCycle,
  TIMELINESS: ({ timeliness }) => timeliness,
  PROVISION_MODE: ({ method }) => method,
  PROVIDER: ({ provider }) => provider,
  OPENNESS: ({ openness }) => openness,
  DATA_SCOPE: ({ collectionScope }) => collectionScope,
  CATEGORY: ({ category }) => category,
  SECURITY_GRADE: ({ securityGrade }) => securityGrade,
  ABSTRACT: ({ abstract }) => abstract,
  CREDIT_CODE: ({ creditCode }) => creditCode,
  DATA_TYPES: ({ items }) => items.length > 0 && items.every(({ dataType }) => dataType),
  CONDITIONS: ({ items }) => items.every(({ shareType, condition }) => shareType !== 'CONDITIONAL' || condition),
};
/** Attributes of the national guide, where a profile names it. */
const GUIDE = [
  ...['NAME', 'ABSTRACT', 'PROVIDER', 'CREDIT_CODE', 'FORMAT', 'DATA_TYPES', 'SHARE_TYPE', 'CONDITIONS'],
  ...['PROVISION_MODE', 'OPENNESS', 'UPDATE_CYCLE'],
];
/** What no entry can be without, whatever the profile. */
const ALWAYS = ['NAME', 'PROVIDER', 'SHARE_TYPE'];

/** An entry has every attribute that the law in force names: the nine of Hangzhou, the elements of Jilin, the guide's.
 *  @source HZ-5.1b, QZ-5.1a, JL-15a, CZ-7a, YN-9b */
export function attributesAreThere(entry: CheckedEntry, { catalogue }: CatalogueLaw): Finding[] {
  const asked = new Map<string, readonly string[]>(ALWAYS.map((name) => [name, []]));
  if (entry.kind === 'DATA') {
    for (const name of catalogue?.guide ? GUIDE : []) asked.set(name, catalogue!.guide!.clauses);
    for (const name of catalogue?.attributes?.value ?? []) asked.set(name, catalogue!.attributes!.clauses);
  }
  return [...asked]
    .filter(([name]) => !VALUES[name]?.(entry))
    .map(([name, clauses]) => error('ATTRIBUTE_MISSING', `The entry does not say its ${name}.`, clauses, name));
}
