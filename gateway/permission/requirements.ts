import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Operation, Site, SiteArgument } from '../operation/operation.js';

/** What one site of an operation needs to be allowed. Items are index numbers. */
export interface SiteRequirement {
  readonly site: Site;
  /** Index of the site it lies under; -1 at the root. */
  readonly parent: number;
  /** Something it reads is not in the index, so it is denied. */
  readonly unknown: boolean;
  /** The item and everything it needs. */
  readonly given: readonly number[];
  /** Items that its literal arguments filter by, with what they need. */
  readonly filtering: readonly number[];
  /** Arguments whose use depends on the variables sent. */
  readonly dynamic: readonly DynamicRead[];
  /** Of `given`, what other items of it are computed from → those items. They must be had whole, or be cut alike. */
  readonly computed: ReadonlyMap<number, readonly number[]>;
  /** What it is computed from with its owner's consent: fetched whole, whatever the caller may have of it. */
  readonly whole: readonly number[];
}
export interface DynamicRead {
  readonly variable: string;
  /** Read as soon as the variable is given; undefined: unknown, so denied. */
  readonly reads: readonly number[] | undefined;
  /** Input type along which the variable's value is looked at. */
  readonly type?: GraphQLInputType;
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
  // Sites stand in document order, parents before children: the last site one level up is the parent.
  const open: number[] = [];
  const sites = operation.sites.map((site): SiteRequirement => {
    const parent = open[site.path.length - 2] ?? -1;
    open[site.path.length - 1] = site.index;
    const item = index.byCoordinate.get(site.coordinate);
    const literal = literalReads(site, item, index);
    const given = numbersOf([site.coordinate], index);
    const filtering = numbersOf(literal, index);
    for (const bit of [...(given ?? []), ...(filtering ?? [])])
      bits.set(bit >> 5, (bits.get(bit >> 5) ?? 0) | (1 << (bit & 31)));
    return {
      site,
      parent,
      unknown: !given || !filtering,
      given: given ?? [],
      filtering: filtering ?? [],
      dynamic: site.args.flatMap((argument) => dynamicReads(argument, item, operation, index)),
      ...inputsOf(given ?? [], index),
    };
  });
  return {
    sites,
    words: [...bits.keys()],
    masks: [...bits.values()],
    unknown: sites.some((site) => site.unknown),
    dynamic: sites.some((site) => site.dynamic.length > 0),
  };
}

const filtersOf = (item: ShareItem | undefined, argument: string): readonly Coordinate[] =>
  item && Object.hasOwn(item.filters, argument) ? item.filters[argument]! : [];

function literalReads(site: Site, item: ShareItem | undefined, index: ShareIndex): Coordinate[] {
  return site.args.flatMap((argument) => [
    ...(argument.variable === undefined ? filtersOf(item, argument.name) : []),
    ...argument.literals.flatMap((at) => index.inputs.get(at) ?? []),
  ]);
}

function dynamicReads(
  argument: SiteArgument,
  item: ShareItem | undefined,
  { schema }: Operation,
  index: ShareIndex,
): DynamicRead[] {
  const dynamic: DynamicRead[] = [];
  const whenGiven = (variable: string, reads: readonly Coordinate[]) =>
    reads.length > 0 && dynamic.push({ variable, reads: numbersOf(reads, index) });
  if (argument.variable !== undefined) whenGiven(argument.variable, filtersOf(item, argument.name));
  for (const { name, type: typeName, at } of argument.variables) {
    if (at !== undefined) whenGiven(name, index.inputs.get(at) ?? []);
    const type = schema.getType(typeName);
    if (index.inputs.size > 0 && (isInputObjectType(type) || isEnumType(type)))
      dynamic.push({ variable: name, reads: [], type });
  }
  return dynamic;
}

function inputsOf(given: readonly number[], index: ShareIndex): Pick<SiteRequirement, 'computed' | 'whole'> {
  const computed = new Map<number, number[]>();
  const whole = new Set<number>();
  const numberOf = (at: Coordinate) => index.byCoordinate.get(at)?.index;
  for (const number of given) {
    const item = index.items[number]!;
    for (const input of item.computedFrom ?? []) {
      const from = numberOf(input);
      if (from !== undefined) computed.set(from, [...(computed.get(from) ?? []), number]);
    }
    for (const input of item.consentedFrom ?? []) {
      const from = numberOf(input);
      if (from !== undefined) whole.add(from);
    }
  }
  return { computed, whole: [...whole] };
}

/** Items that a variable's value filters by, found by walking the value along its input type; undefined: unknown. */
export function readsOfValue(value: unknown, type: GraphQLInputType, index: ShareIndex): readonly number[] | undefined {
  const found: Coordinate[] = [];
  const walk = (part: unknown, partType: GraphQLInputType): void => {
    const named = getNamedType(partType);
    if (Array.isArray(part)) part.forEach((entry) => walk(entry, partType));
    else if (isEnumType(named) && typeof part === 'string')
      found.push(...(index.inputs.get(coordinate(named.name, part)) ?? []));
    else if (isInputObjectType(named) && part && typeof part === 'object') {
      for (const [name, entry] of Object.entries(part)) {
        const field = named.getFields()[name];
        if (!field) continue;
        found.push(...(index.inputs.get(coordinate(named.name, name)) ?? []));
        walk(entry, field.type);
      }
    }
  };
  walk(value, type);
  return numbersOf(found, index);
}

/** Index numbers of items and of everything they need; undefined when one of them is not in the index. */
function numbersOf(coordinates: readonly Coordinate[], index: ShareIndex): readonly number[] | undefined {
  const numbers = new Set<number>();
  for (const at of coordinates) {
    const item = index.byCoordinate.get(at);
    if (!item) return undefined;
    numbers.add(item.index);
    for (const need of item.needs) {
      const needed = index.byCoordinate.get(need);
      if (!needed) return undefined;
      numbers.add(needed.index);
    }
  }
  return [...numbers];
}
