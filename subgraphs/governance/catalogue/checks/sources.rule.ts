import { error, warning, type CatalogueLaw, type CheckedEntry, type Finding, type Neighbour } from './finding.rule.js';
import { likeness, NEAR, plainName } from '../search/similar.rule.js';

/** One number, one source: what another department already supplies is not registered again; what may be the same is
 *  shown. @source HZ-3.1a, HZ-3.1e */
export const hasOneSource =
  (neighbours: readonly Neighbour[]) =>
  ({ kind, code, name, provider, supplement }: CheckedEntry): Finding[] => {
    if (kind !== 'DATA' || supplement) return [];
    const others = neighbours.filter((each) => each.code !== code && each.provider !== provider);
    return others.flatMap((other): Finding[] => {
      const pointer = `${other.name} (${other.code}) of ${other.provider}`;
      if (plainName(other.name) === plainName(name))
        return [
          error(
            'SOURCE_NOT_UNIQUE',
            `"${name}" is supplied already: ${pointer}. Use that one.`,
            ['HZ-3.1a', 'HZ-3.1e'],
            'name',
          ),
        ];
      return likeness(other.name, name) >= NEAR
        ? [warning('NEAR_DUPLICATE', `"${name}" may be the same as ${pointer}.`, ['HZ-3.1a'], 'name')]
        : [];
    });
  };

/** A supplement of a lower level holds only what the provincial catalogue does not have. @source JL-15f */
export const supplementAdds =
  (neighbours: readonly Neighbour[]) =>
  ({ name, items, supplement }: CheckedEntry, { catalogue }: CatalogueLaw): Finding[] => {
    if (!supplement) return [];
    const clauses = catalogue?.supplement?.clauses ?? ['JL-15f'];
    const provincial = neighbours.filter((each) => each.level === 'PROVINCE' && likeness(each.name, name) >= NEAR);
    return provincial.flatMap((other) => {
      const there = new Set(other.items.map(plainName));
      return items
        .filter((item) => there.has(plainName(item.name)))
        .map((item) =>
          error(
            'SUPPLEMENT_REPEATS',
            `${item.name} is in the provincial catalogue already: ${other.name} (${other.code}).`,
            clauses,
            item.coordinate ?? item.name,
          ),
        );
    });
  };
