import type { Need, SetBuilder } from './fetch-group.js';
import type { InternalPart } from './query-plan.js';

/** Fields under one response key of one set. */
interface Merged {
  isAsked: boolean;
  readonly needs: Set<Need>;
  readonly below: SetBuilder[];
}
type Fields = ReadonlyMap<string, Merged>;

/** Fields of a fetch that the operation does not ask for: the planner added them.
 *  @param sets    selections of the objects at one place, under the same condition on their type
 *  @param above   steps that lead there, see `InternalPart`
 *  @param around  fields of the sets in which these are fragments */
export function listInternal(
  sets: readonly SetBuilder[],
  above: readonly string[] = [],
  around: Fields = new Map(),
): InternalPart[] {
  const fields = mergeFields(sets, around);
  const own = [...fields].flatMap(([key, { isAsked, needs, below }]) => {
    const path = [...above, key];
    const inner = listInternal(below, path);
    if (isAsked) return inner;
    const isKey = [...needs].some((need) => need.isKey);
    return [{ path, needs: [...new Set([...needs].map(({ id }) => id))], isKey }, ...inner];
  });
  const fragments = Map.groupBy(
    sets.flatMap((set) => [...set.conditions()]),
    ([type]) => type,
  );
  const conditional = [...fragments].flatMap(([type, all]) => {
    const inside = all.map(([, set]) => set);
    return listInternal(inside, [...above, `...${type}`], fields);
  });
  return [...own, ...conditional];
}

function mergeFields(sets: readonly SetBuilder[], around: Fields): Fields {
  const fields = new Map<string, Merged>();
  for (const set of sets)
    for (const [key, { isAsked, needs, below }] of set.entries()) {
      const merged = fields.get(key) ?? { isAsked: around.get(key)?.isAsked ?? false, needs: new Set(), below: [] };
      fields.set(key, merged);
      merged.isAsked ||= isAsked;
      for (const need of needs) merged.needs.add(need);
      merged.below.push(below);
    }
  return fields;
}
