import { measureSimilarity, normalizeName, SIMILAR } from '../search/name-similarity.rule.js';
import type { CatalogueLaw } from './catalogue-law.type.js';
import { type CheckFinding, reportError, reportWarning } from './check-finding.rule.js';
import type { CheckedEntry, Surroundings } from './checked-entry.type.js';
import { say } from '../messages/index.js';

/** One number, one source: data that another department already supplies is not registered again; a name that may mean
 *  the same is reported. @source HZ-3.1a, HZ-3.1e */
export function checkSingleSource(
  { kind, code, name, provider, supplement }: CheckedEntry,
  _law: CatalogueLaw,
  { neighbours }: Surroundings,
): CheckFinding[] {
  if (kind !== 'DATA' || supplement) return [];
  const others = neighbours.filter((each) => each.code !== code && each.provider !== provider);
  return others.flatMap((other): CheckFinding[] => {
    const pointer = `${other.name} (${other.code}) of ${other.provider}`;
    if (normalizeName(other.name) === normalizeName(name)) {
      const message = say('check.supplied', { name, pointer });
      return [reportError('SOURCE_NOT_UNIQUE', message, ['HZ-3.1a', 'HZ-3.1e'], 'name')];
    }
    return measureSimilarity(other.name, name) >= SIMILAR
      ? [reportWarning('NEAR_DUPLICATE', say('check.similar', { name, pointer }), ['HZ-3.1a'], 'name')]
      : [];
  });
}

/** A supplement of a lower level holds only what the provincial catalogue does not have. @source JL-15f */
export function checkSupplement(
  { name, items, supplement }: CheckedEntry,
  { catalogue }: CatalogueLaw,
  { neighbours }: Surroundings,
): CheckFinding[] {
  if (!supplement) return [];
  const clauses = catalogue?.supplement?.clauses ?? ['JL-15f'];
  const provincial = neighbours.filter(
    (each) => each.level === 'PROVINCE' && measureSimilarity(each.name, name) >= SIMILAR,
  );
  return provincial.flatMap((other) => {
    const known = new Set(other.items.map(normalizeName));
    return items
      .filter((item) => known.has(normalizeName(item.name)))
      .map((item) => {
        const message = say('check.provincial', { item: item.name, name: other.name, code: other.code });
        return reportError('SUPPLEMENT_REPEATS', message, clauses, item.coordinate ?? item.name);
      });
  });
}
