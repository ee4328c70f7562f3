import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Operation, Site } from '../operation/operation.js';

/** What one site of an operation needs to be allowed. */
export interface SiteRequirement {
  readonly site: Site;
  /** Index of the site it lies under; -1 at the root. */
  readonly parent: number;
  /** Index numbers of the item, of all it needs and of what its literal arguments filter by; undefined: unknown, so denied. */
  readonly items: readonly number[] | undefined;
  /** Arguments whose use depends on the variables sent. */
  readonly dynamic: readonly {
    readonly variable: string;
    readonly reads: readonly number[] | undefined;
    readonly type?: GraphQLInputType;
  }[];
  /** Items that its literal arguments filter by, a subset of `items`. */
  readonly filtering: readonly number[];
}

/** An operation seen by the share index: compiled once for each graph version, then only bits are tested. */
export interface OperationRequirements {
  readonly sites: readonly SiteRequirement[];
  /** All items of all sites as (word, mask) pairs of the decision bit set. */
  readonly words: readonly number[];
  readonly masks: readonly number[];
  readonly unknown: boolean;
  readonly dynamic: boolean;
}

/** Finds every item that an operation reads, directly, through what it needs, or through an argument. */
export function requirementsOf(operation: Operation, index: ShareIndex): OperationRequirements {
  const bits = new Map<number, number>();
  let unknown = false;
  // Sites stand in document order, parents before children: the last site one level up is the parent.
  const open: number[] = [];
  const sites = operation.sites.map((site): SiteRequirement => {
    const parent = open[site.path.length - 2] ?? -1;
    open[site.path.length - 1] = site.index;
    const item = index.byCoordinate.get(site.coordinate);
    const reads: (ShareItem | undefined)[] = [item];
    const filtering: number[] = [];
    const dynamic: { variable: string; reads: readonly number[] | undefined; type?: GraphQLInputType }[] = [];
    for (const argument of site.args) {
      const filters = item && Object.hasOwn(item.filters, argument.name) ? (item.filters[argument.name] ?? []) : [];
      if (argument.variable === undefined) {
        const used = [...filters, ...argument.literals.flatMap((at) => index.inputs.get(at) ?? [])].map((at) =>
          index.byCoordinate.get(at),
        );
        reads.push(...used);
        filtering.push(...used.flatMap((read) => (read ? withNeeds(read, index)?.concat() : undefined) ?? []));
      } else if (filters.length > 0) {
        dynamic.push({
          variable: argument.variable,
          reads: combine(
            filters.map((at) => index.byCoordinate.get(at)),
            index,
          ),
        });
      }
      if (index.inputs.size > 0)
        for (const variable of argument.variables) {
          const type = operation.schema.getType(variable.type);
          if (isInputObjectType(type) || isEnumType(type)) dynamic.push({ variable: variable.name, reads: [], type });
        }
    }
    const items = combine(reads, index);
    if (items) for (const bit of items) bits.set(bit >> 5, (bits.get(bit >> 5) ?? 0) | (1 << (bit & 31)));
    else unknown = true;
    return { site, parent, items, dynamic, filtering };
  });
  return {
    sites,
    words: [...bits.keys()],
    masks: [...bits.values()],
    unknown,
    dynamic: sites.some((site) => site.dynamic.length > 0),
  };
}

/** Items that a variable's value filters by, found by walking the value along its input type; undefined: unknown. */
export function readsOfValue(value: unknown, type: GraphQLInputType, index: ShareIndex): readonly number[] | undefined {
  const found: (ShareItem | undefined)[] = [];
  const look = (at: Coordinate) =>
    found.push(...(index.inputs.get(at) ?? []).map((read) => index.byCoordinate.get(read)));
  const walk = (part: unknown, partType: GraphQLInputType): void => {
    const named = getNamedType(partType);
    if (Array.isArray(part)) part.forEach((entry) => walk(entry, partType));
    else if (isEnumType(named) && typeof part === 'string') look(coordinate(named.name, part));
    else if (isInputObjectType(named) && part && typeof part === 'object') {
      for (const [name, entry] of Object.entries(part)) {
        const field = named.getFields()[name];
        if (!field) continue;
        look(coordinate(named.name, name));
        walk(entry, field.type);
      }
    }
  };
  walk(value, type);
  return combine(found, index);
}

function combine(items: readonly (ShareItem | undefined)[], index: ShareIndex): readonly number[] | undefined {
  const all = new Set<number>();
  for (const item of items) {
    const indices = item && withNeeds(item, index);
    if (!indices) return undefined;
    for (const number of indices) all.add(number);
  }
  return [...all];
}

function withNeeds(item: ShareItem, index: ShareIndex): readonly number[] | undefined {
  const numbers = [item.index];
  for (const need of item.needs) {
    const needed = index.byCoordinate.get(need);
    if (!needed) return undefined;
    numbers.push(needed.index);
  }
  return numbers;
}
