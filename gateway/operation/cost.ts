import { isListType, isNonNullType, Kind, type GraphQLOutputType, type ValueNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { OperationLimits } from './limits.js';
import { compileElements, GivenVariables } from './list-elements.js';
import type { FieldSelection, Selection } from '../request/selection.js';
import type { Variables } from '../request/operation.js';
import { say } from '../request/messages/index.js';

/** Arguments that say how many items a list has. */
const SIZE_ARGUMENTS = new Set(['first', 'last', 'limit', 'take', 'top', 'count', 'size', 'pageSize', 'perPage']);

type Size = (variables: GivenVariables) => number;
type Cost = (variables: GivenVariables) => number;

/** Compiles the estimate of an operation's answer: each field counts one, times the items of every list above it.
 *  A size argument gives the items, or `assumedListSize` where there is none; on a connection it counts for the lists
 *  inside. Each element of a list in the arguments counts one, and as an item: a field that takes 500 identifiers is
 *  estimated at 500 items or more.
 *  @param lists  variables that may hold lists
 *  @returns a check that throws HubError OPERATION_TOO_COSTLY */
export function compileCost(
  selections: readonly Selection[],
  lists: ReadonlySet<string>,
  limits: OperationLimits,
): (variables: Variables) => void {
  const cost = sum(selections, { lists, limits }, undefined);
  const usesVariables = { any: false };
  cost(new GivenVariables(new Spy(usesVariables)));
  if (!usesVariables.any) {
    const fixed = cost(new GivenVariables(new Map()));
    return () => check(fixed, limits);
  }
  return (variables) => check(cost(new GivenVariables(variables)), limits);
}

interface CostContext {
  /** Variables that may hold lists. */
  readonly lists: ReadonlySet<string>;
  readonly limits: OperationLimits;
}

function check(cost: number, { cost: limit }: OperationLimits): void {
  if (cost <= limit) return;
  throw new HubError('OPERATION_TOO_COSTLY', say('operation.tooCostly', { cost, limit }), { cost, limit });
}

/** Sees whether an estimate asks for any variable. */
class Spy extends Map<string, unknown> {
  constructor(private readonly seen: { any: boolean }) {
    super();
  }
  override get(): undefined {
    this.seen.any = true;
    return undefined;
  }
}

function sum(selections: readonly Selection[], context: CostContext, pending: Size | undefined): Cost {
  const parts = selections
    .filter((selection) => !selection.never)
    .map((selection) =>
      selection.kind === 'fragment' ? sum(selection.selections, context, pending) : field(selection, context, pending),
    );
  return (variables) => parts.reduce((total, part) => total + part(variables), 0);
}

function field(selection: FieldSelection, context: CostContext, pending: Size | undefined): Cost {
  const { limits } = context;
  const list = isList(selection.type);
  const elements = elementsOf(selection, context);
  const stated = sizeArgument(selection) ?? (list ? pending : undefined);
  const own = elements ? orElements(stated, elements, limits) : stated;
  const below = selection.selections && sum(selection.selections, context, list ? undefined : own);
  const self: Cost = elements ? (variables) => 1 + elements(variables) : () => 1;
  // A list of plain values is one value in the record and on the wire.
  if (!below) return self;
  if (!list) return (variables) => self(variables) + below(variables);
  const size = own ?? (() => limits.assumedListSize);
  return (variables) => self(variables) + items(size(variables), limits) * below(variables);
}

/** The elements of all lists in the arguments; undefined where there can be none. */
function elementsOf({ node }: FieldSelection, { lists }: CostContext): Size | undefined {
  const parts = (node.arguments ?? []).flatMap(({ value }) => compileElements(value, lists) ?? []);
  return parts.length === 0 ? undefined : (variables) => parts.reduce((total, part) => total + part(variables), 0);
}

/** The stated size, or the number of elements where that is more. */
const orElements =
  (stated: Size | undefined, elements: Size, limits: OperationLimits): Size =>
  (variables) =>
    Math.max(items(stated ? stated(variables) : NaN, limits), elements(variables));

/** A size that is not a number yet counts as the assumed one; a negative one is the subgraph's to refuse. */
const items = (size: number, limits: OperationLimits): number =>
  Number.isFinite(size) ? Math.max(size, 1) : limits.assumedListSize;

function sizeArgument({ node }: FieldSelection): Size | undefined {
  const sizes = (node.arguments ?? [])
    .filter(({ name }) => SIZE_ARGUMENTS.has(name.value))
    .map(({ value }) => sizeOf(value));
  if (sizes.length === 0) return undefined;
  return (variables) => Math.max(...sizes.map((size) => size(variables)));
}

function sizeOf(value: ValueNode): Size {
  if (value.kind === Kind.INT) {
    const literal = Number(value.value);
    return () => literal;
  }
  if (value.kind !== Kind.VARIABLE) return () => NaN;
  const name = value.name.value;
  return (variables) => {
    const given = variables.get(name);
    return typeof given === 'number' ? given : NaN;
  };
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
