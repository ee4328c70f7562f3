import type { CatalogueLaw } from './catalogue-law.type.js';
import { type CheckFinding, reportError } from './check-finding.rule.js';
import type { CheckedEntry } from './checked-entry.type.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

/** Value in an entry of each attribute that a profile may ask for; falsy where the entry lacks it. */
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
const GUIDE_ATTRIBUTES = [
  'NAME',
  'ABSTRACT',
  'PROVIDER',
  'CREDIT_CODE',
  'FORMAT',
  'DATA_TYPES',
  'SHARE_TYPE',
  'CONDITIONS',
  'PROVISION_MODE',
  'OPENNESS',
  'UPDATE_CYCLE',
];

/** Attributes that every entry needs under every profile. */
const REQUIRED_ATTRIBUTES = ['NAME', 'PROVIDER', 'SHARE_TYPE'];

/** An entry has every attribute that the law in force names: the nine of Hangzhou, the elements of Jilin, the guide's.
 *  @source HZ-5.1b, QZ-5.1a, JL-15a, CZ-7a, YN-9b */
export function checkAttributes(entry: CheckedEntry, { catalogue }: CatalogueLaw): CheckFinding[] {
  const required = new Map<string, readonly string[]>(REQUIRED_ATTRIBUTES.map((name) => [name, []]));
  if (entry.kind === 'DATA') {
    if (catalogue?.guide) for (const name of GUIDE_ATTRIBUTES) required.set(name, catalogue.guide.clauses);
    if (catalogue?.attributes)
      for (const name of catalogue.attributes.value) required.set(name, catalogue.attributes.clauses);
  }
  return [...required]
    .filter(([name]) => !VALUES[name]?.(entry))
    .map(([name, clauses]) =>
      reportError('ATTRIBUTE_MISSING', say('check.attribute', { attribute: wordOf('attribute', name) }), clauses, name),
    );
}
