import type { CatalogueLaw } from './catalogue-law.type.js';
import { type CheckFinding, reportError, reportWarning } from './check-finding.rule.js';
import type { CheckedEntry, CheckedItem } from './checked-entry.type.js';
import { citesAcceptedKind } from './provision-kind.rule.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';
import { wordOf } from '../../core/words.rule.js';

const labelOf = (item: CheckedItem): string => item.coordinate ?? item.name;

/** Share types are those that the law names. @source HZ-8.2b, QZ-5.2b, CZ-8b, YN-14a */
export function checkShareTypes({ items }: CheckedEntry, { shareTypes }: CatalogueLaw): CheckFinding[] {
  const names = shareTypes?.names;
  if (!names) return [];
  const clauses = [...new Set(Object.values(names).flatMap((name) => name?.clauses ?? []))];
  const known = Object.values(names).map((name) => name?.value);
  return items
    .filter(({ shareType }) => shareType && !names[shareType])
    .map((item) => {
      const message = say('check.shareType', {
        item: item.name,
        shareType: wordOf('shareType', item.shareType!),
        known: joinTexts(
          known.map((one) => one ?? ''),
          ',',
        ),
      });
      return reportError('SHARE_TYPE_UNKNOWN', message, clauses, labelOf(item));
    });
}

/** Basic items of the base are unconditional. @source QZ-5.2d, CZ-9.1a, YN-10b */
export function checkBasicItems(entry: CheckedEntry, { unconditionalBase }: CatalogueLaw): CheckFinding[] {
  if (!unconditionalBase || entry.kind !== 'DATA' || !unconditionalBase.value.libraries.includes(entry.library ?? ''))
    return [];
  const { value, clauses, unconfirmed } = unconditionalBase;
  const report = unconfirmed ? reportWarning : reportError;
  return entry.items
    .filter(({ basic, shareType }) => (basic || value.items === 'ALL') && shareType !== 'UNCONDITIONAL')
    .map((item) => {
      const message = say('check.base', { item: item.name, library: entry.library ?? '' });
      return report('BASIC_ITEM_RESTRICTED', message, clauses, labelOf(item));
    });
}

/** A restricted item cites a provision of the kinds that the law accepts, and says why it is restricted.
 *  @source QZ-5.2e, CZ-9.2, YN-14e, YN-14f */
export const checkRestrictions = ({ items }: CheckedEntry, { basis }: CatalogueLaw): CheckFinding[] =>
  items.flatMap((item) => checkRestriction(item, basis));

function checkRestriction(item: CheckedItem, basis: CatalogueLaw['basis']): CheckFinding[] {
  const type = item.shareType;
  if (type !== 'NOT_SHARED' && type !== 'CONDITIONAL') return [];
  const found: CheckFinding[] = [];
  const accepted = type === 'NOT_SHARED' ? basis?.notShared : basis?.conditional;
  const needed = type === 'NOT_SHARED' || accepted !== undefined;
  if (needed && item.basis.length === 0) {
    const message = say('check.noBasis', { item: item.name, shareType: wordOf('shareType', type) });
    found.push(reportError('BASIS_MISSING', message, accepted?.clauses, labelOf(item)));
  } else if (accepted && !citesAcceptedKind(item.basis, accepted.value)) {
    const message = say('check.basisKind', {
      item: item.name,
      basis: joinTexts(item.basis, ';'),
      kinds: joinTexts(accepted.value, ','),
    });
    found.push(reportError('BASIS_NOT_ACCEPTED', message, accepted.clauses, labelOf(item)));
  }
  if (basis?.reasonsFor?.value.includes(type) && !item.reason) {
    const message = say('check.noReason', { item: item.name, shareType: wordOf('shareType', type) });
    found.push(reportError('REASON_MISSING', message, basis.reasonsFor.clauses, labelOf(item)));
  }
  return found;
}
