import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import { findParents, type Operation, type Site, type SiteArgument } from '../request/operation.js';

/** The items that must be allowed for one site of an operation, by index number. */
export interface SiteRequirement {
  readonly site: Site;
  /** Index of the site it lies under; -1 at the root. */
  readonly parent: number;
  /** True when it reads an item that is not in the index; it is then denied. */
  readonly unknown: boolean;
  /** The item and everything it needs. */
  readonly given: readonly number[];
  /** Items that its literal arguments filter by, with what they need. */
  readonly filtering: readonly number[];
  /** Arguments whose use depends on the variables sent. */
  readonly dynamic: readonly DynamicRead[];
  /** Inputs among `given`, each with the items computed from it. An input must be given whole, or with the same limits. */
  readonly computed: ReadonlyMap<number, readonly number[]>;
  /** Inputs used with their owner's consent: fetched whole, whatever the caller itself may read of them. */
  readonly whole: readonly number[];
}
export interface DynamicRead {
  readonly variable: string;
  /** Items read as soon as the variable is given; undefined when one is unknown, so that the site is denied. */
  readonly reads: readonly number[] | undefined;
  /** Input type of the variable's value, by which the value is searched. */
  readonly type?: GraphQLInputType;
}

/** The requirements of an operation: compiled once for each graph version, after which only bits are tested. */
export interface OperationRequirements {
  readonly sites: readonly SiteRequirement[];
  /** All items of all sites as (word, mask) pairs of the decision bit set. */
  readonly words: readonly number[];
  readonly masks: readonly number[];
  readonly unknown: boolean;
  readonly dynamic: boolean;
  /** True when `@skip` or `@include` may leave a site out. */
  readonly conditional: boolean;
}

/** Finds every item that an operation reads: directly, as an input of another item, or through an argument. */
export function compileRequirements(operation: Operation, index: ShareIndex): OperationRequirements {
  const bits = new Map<number, number>();
  const parents = findParents(operation.sites);
  const sites = operation.sites.map((site): SiteRequirement => {
    const item = index.byCoordinate.get(site.coordinate);
    const literal = findLiteralReads(site, item, index);
    const given = toNumbers([site.coordinate], index);
    const filtering = toNumbers(literal, index);
    for (const bit of [...(given ?? []), ...(filtering ?? [])])
      bits.set(bit >> 5, (bits.get(bit >> 5) ?? 0) | (1 << (bit & 31)));
    return {
      site,
      parent: parents[site.index]!,
      unknown: !given || !filtering,
      given: given ?? [],
      filtering: filtering ?? [],
      dynamic: site.args.flatMap((argument) => findDynamicReads(argument, item, operation, index)),
      ...findInputs(given ?? [], index),
    };
  });
  return {
    sites,
    words: [...bits.keys()],
    masks: [...bits.values()],
    unknown: sites.some((site) => site.unknown),
    dynamic: sites.some((site) => site.dynamic.length > 0),
    conditional: operation.sites.some(({ condition }) => condition !== undefined),
  };
}

const findFilters = (item: ShareItem | undefined, argument: string): readonly Coordinate[] =>
  item && Object.hasOwn(item.filters, argument) ? item.filters[argument]! : [];

function findLiteralReads(site: Site, item: ShareItem | undefined, index: ShareIndex): Coordinate[] {
  return site.args.flatMap((argument) => [
    ...(argument.variable === undefined ? findFilters(item, argument.name) : []),
    ...argument.literals.flatMap((at) => index.inputs.get(at) ?? []),
  ]);
}

function findDynamicReads(
  argument: SiteArgument,
  item: ShareItem | undefined,
  { schema }: Operation,
  index: ShareIndex,
): DynamicRead[] {
  const dynamic: DynamicRead[] = [];
  const whenGiven = (variable: string, reads: readonly Coordinate[]) =>
    reads.length > 0 && dynamic.push({ variable, reads: toNumbers(reads, index) });
  if (argument.variable !== undefined) whenGiven(argument.variable, findFilters(item, argument.name));
  for (const { name, type: typeName, at } of argument.variables) {
    if (at !== undefined) whenGiven(name, index.inputs.get(at) ?? []);
    const type = schema.getType(typeName);
    if (index.inputs.size > 0 && (isInputObjectType(type) || isEnumType(type)))
      dynamic.push({ variable: name, reads: [], type });
  }
  return dynamic;
}

function findInputs(given: readonly number[], index: ShareIndex): Pick<SiteRequirement, 'computed' | 'whole'> {
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

/** Finds the items that a variable's value filters by. @returns undefined when one of them is unknown */
export function findReadsOfValue(
  value: unknown,
  type: GraphQLInputType,
  index: ShareIndex,
): readonly number[] | undefined {
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
  return toNumbers(found, index);
}

/** Index numbers of items and of everything they need; undefined when one of them is not in the index. */
function toNumbers(coordinates: readonly Coordinate[], index: ShareIndex): readonly number[] | undefined {
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
