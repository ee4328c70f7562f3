import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { coordinate, type Coordinate, type UseMode } from '../../shared/kernel/index.js';
import { OUTCOMES_FIELD } from '../../shared/share/claims/claim-names.js';
import { modeOfUse, type InputUse, type ShareIndex, type ShareItem } from '../../shared/share/share-index.js';
import { findParents, type Operation, type Site, type SiteArgument } from '../request/operation.js';
import { toUseNumber } from './use-number.js';

/** The uses of items that must be allowed for one site of an operation, by use number; see `toUseNumber`. */
export interface SiteRequirement {
  readonly site: Site;
  /** Index of the site it lies under; -1 at the root. */
  readonly parent: number;
  /** True when it reads an item that is not in the index; it is then denied. */
  readonly unknown: boolean;
  /** Its item and everything that needs, whose values are given. */
  readonly given: readonly number[];
  /** Uses that its literal arguments make (filters, comparisons, statistics), with what these need. */
  readonly throughArguments: readonly number[];
  /** Arguments whose use depends on the variables sent. */
  readonly dynamic: readonly DynamicUse[];
  /** Inputs among `given`, each with the items computed from it. An input must be given whole, or with the same limits. */
  readonly computed: ReadonlyMap<number, readonly number[]>;
  /** Inputs used with their owner's consent: fetched whole, whatever the caller itself may read of them. */
  readonly whole: readonly number[];
}
export interface DynamicUse {
  readonly variable: string;
  /** Uses made as soon as the variable is given; undefined when an item is unknown, so that the site is denied. */
  readonly uses: readonly number[] | undefined;
  /** Input type of the variable's value, by which the value is searched. */
  readonly type?: GraphQLInputType;
}

/** The requirements of an operation: compiled once for each graph version, after which only bits are tested. */
export interface OperationRequirements {
  readonly sites: readonly SiteRequirement[];
  /** All uses of all sites as (word, mask) pairs of the decision bit set. */
  readonly words: readonly number[];
  readonly masks: readonly number[];
  readonly unknown: boolean;
  readonly dynamic: boolean;
  /** True when `@skip` or `@include` may leave a site out. */
  readonly conditional: boolean;
  /** True when it asks for an outcome of each item that is compared. */
  readonly itemised: boolean;
}

/** Finds every use that an operation makes of an item: directly, as an input of another item, or through an argument. */
export function compileRequirements(operation: Operation, index: ShareIndex): OperationRequirements {
  const bits = new Map<number, number>();
  const parents = findParents(operation.sites);
  const sites = operation.sites.map((site): SiteRequirement => {
    const item = index.byCoordinate.get(site.coordinate);
    const given = toNumbers([{ item: site.coordinate, mode: 'QUERY' }], index);
    const throughArguments = toUseNumbers(findLiteralUses(site, item, index), index);
    for (const bit of [...(given ?? []), ...(throughArguments ?? [])])
      bits.set(bit >> 5, (bits.get(bit >> 5) ?? 0) | (1 << (bit & 31)));
    return {
      site,
      parent: parents[site.index]!,
      unknown: !given || !throughArguments,
      given: given ?? [],
      throughArguments: throughArguments ?? [],
      dynamic: site.args.flatMap((argument) => findDynamicUses(argument, item, operation, index)),
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
    itemised: operation.sites.some(({ coordinate }) => coordinate === OUTCOMES_FIELD),
  };
}

const findUses = (item: ShareItem | undefined, argument: string): readonly InputUse[] =>
  item && Object.hasOwn(item.argumentUses, argument) ? item.argumentUses[argument]! : [];

function findLiteralUses(site: Site, item: ShareItem | undefined, index: ShareIndex): InputUse[] {
  return site.args.flatMap((argument) => [
    ...(argument.variable === undefined ? findUses(item, argument.name) : []),
    ...argument.literals.flatMap((at) => index.inputs.get(at) ?? []),
  ]);
}

function findDynamicUses(
  argument: SiteArgument,
  item: ShareItem | undefined,
  { schema }: Operation,
  index: ShareIndex,
): DynamicUse[] {
  const dynamic: DynamicUse[] = [];
  const whenGiven = (variable: string, uses: readonly InputUse[]) =>
    uses.length > 0 && dynamic.push({ variable, uses: toUseNumbers(uses, index) });
  if (argument.variable !== undefined) whenGiven(argument.variable, findUses(item, argument.name));
  for (const { name, type: typeName, at } of argument.variables) {
    if (at !== undefined) whenGiven(name, index.inputs.get(at) ?? []);
    const type = schema.getType(typeName);
    if (index.inputs.size > 0 && (isInputObjectType(type) || isEnumType(type)))
      dynamic.push({ variable: name, uses: [], type });
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

/** Finds the uses that a variable's value makes of items. @returns undefined when one of these is unknown */
export function findUsesOfValue(
  value: unknown,
  type: GraphQLInputType,
  index: ShareIndex,
): readonly number[] | undefined {
  const found: InputUse[] = [];
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
  return toUseNumbers(found, index);
}

const toUseNumbers = (uses: readonly InputUse[], index: ShareIndex): readonly number[] | undefined =>
  toNumbers(
    uses.map((use) => ({ item: use.item, mode: modeOfUse(use) })),
    index,
  );

/** Numbers of uses, and of the same uses of everything that their items need: to compare or count what is computed is to
 *  compare or count its inputs. Undefined when an item is not in the index. */
function toNumbers(
  uses: readonly { readonly item: Coordinate; readonly mode: UseMode }[],
  index: ShareIndex,
): readonly number[] | undefined {
  const numbers = new Set<number>();
  for (const { item: at, mode } of uses) {
    const item = index.byCoordinate.get(at);
    if (!item) return undefined;
    numbers.add(toUseNumber(index, item, mode));
    for (const need of item.needs) {
      const needed = index.byCoordinate.get(need);
      if (!needed) return undefined;
      numbers.add(toUseNumber(index, needed, mode));
    }
  }
  return [...numbers];
}
