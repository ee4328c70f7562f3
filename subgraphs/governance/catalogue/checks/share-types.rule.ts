import { rests } from './basis.rule.js';
import {
  error,
  warning,
  type CatalogueLaw,
  type CheckedEntry,
  type CheckedItem,
  type Finding,
} from './finding.rule.js';

const at = (item: CheckedItem): string => item.coordinate ?? item.name;

/** Share types are those that the law names. @source HZ-8.2b, QZ-5.2b, CZ-8b, YN-14a */
export const shareTypesAreKnown = ({ items }: CheckedEntry, { shareTypes }: CatalogueLaw): Finding[] => {
  const names = shareTypes?.names;
  if (!names) return [];
  const clauses = [...new Set(Object.values(names).flatMap((name) => name?.clauses ?? []))];
  const known = Object.values(names).map((name) => name?.value);
  return items
    .filter(({ shareType }) => shareType && !names[shareType])
    .map((item) =>
      error(
        'SHARE_TYPE_UNKNOWN',
        `${item.name} is ${item.shareType}; the share types are ${known.join(', ')}.`,
        clauses,
        at(item),
      ),
    );
};

/** Base items are unconditional. @source QZ-5.2d, CZ-9.1a, YN-10b */
export const baseIsUnconditional = (entry: CheckedEntry, { unconditionalBase }: CatalogueLaw): Finding[] => {
  if (!unconditionalBase || entry.kind !== 'DATA' || !unconditionalBase.value.libraries.includes(entry.library ?? ''))
    return [];
  const { value, clauses, unconfirmed } = unconditionalBase;
  const say = unconfirmed ? warning : error;
  return entry.items
    .filter(({ basic, shareType }) => (basic || value.items === 'ALL') && shareType !== 'UNCONDITIONAL')
    .map((item) =>
      say(
        'BASIC_ITEM_RESTRICTED',
        `${item.name} belongs to the base of ${entry.library} and must be unconditional.`,
        clauses,
        at(item),
      ),
    );
};

/** What is restricted rests on a provision of the kinds that the law accepts, and says why.
 *  @source QZ-5.2e, CZ-9.2, YN-14e, YN-14f */
export const restrictionsHaveGrounds = ({ items }: CheckedEntry, { basis }: CatalogueLaw): Finding[] => {
  const asked = { NOT_SHARED: basis?.notShared, CONDITIONAL: basis?.conditional } as const;
  return items.flatMap((item): Finding[] => {
    const found: Finding[] = [];
    const type = item.shareType;
    if (type !== 'NOT_SHARED' && type !== 'CONDITIONAL') return found;
    const kinds = asked[type];
    const needed = type === 'NOT_SHARED' || kinds !== undefined;
    if (needed && item.basis.length === 0)
      found.push(error('BASIS_MISSING', `${item.name} is ${type} and cites no provision.`, kinds?.clauses, at(item)));
    else if (kinds && !rests(item.basis, kinds.value))
      found.push(
        error(
          'BASIS_NOT_ACCEPTED',
          `${item.name} cites ${item.basis.join('; ')}; it must be of ${kinds.value.join(', ')}.`,
          kinds.clauses,
          at(item),
        ),
      );
    if (basis?.reasonsFor?.value.includes(type) && !item.reason)
      found.push(
        error('REASON_MISSING', `${item.name} is ${type} and does not say why.`, basis.reasonsFor.clauses, at(item)),
      );
    return found;
  });
};
