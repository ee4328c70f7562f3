import { isListType, isNonNullType, Kind, type GraphQLOutputType, type ValueNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { OperationLimits } from './limits.js';
import type { FieldSelection, Selection } from '../request/selection.js';
import type { Variables } from '../request/operation.js';

/** Arguments that say how many items a list has. */
const SIZE_ARGUMENTS = new Set(['first', 'last', 'limit', 'take', 'top', 'count', 'size', 'pageSize', 'perPage']);

type Size = (variables: Variables) => number;
type Cost = (variables: Variables) => number;

/** Compiles the estimate of an operation's answer: each field counts one, times the items of every list above it.
 *  A size argument gives the items, or `assumedListSize` where there is none; on a connection it counts for the lists inside.
 *  @returns a check that throws HubError OPERATION_TOO_COSTLY */
export function compileCost(selections: readonly Selection[], limits: OperationLimits): (variables: Variables) => void {
  const cost = sum(selections, limits, undefined);
  const usesVariables = { any: false };
  cost(new Spy(usesVariables));
  if (!usesVariables.any) {
    const fixed = cost(new Map());
    return () => check(fixed, limits);
  }
  return (variables) => check(cost(variables), limits);
}

function check(cost: number, { cost: limit }: OperationLimits): void {
  if (cost <= limit) return;
  const message = `The operation is estimated at ${cost} values, above the limit of ${limit}. Ask for fewer items or fields.`;
  throw new HubError('OPERATION_TOO_COSTLY', message, { cost, limit });
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

function sum(selections: readonly Selection[], limits: OperationLimits, pending: Size | undefined): Cost {
  const parts = selections
    .filter((selection) => !selection.never)
    .map((selection) =>
      selection.kind === 'fragment' ? sum(selection.selections, limits, pending) : field(selection, limits, pending),
    );
  return (variables) => parts.reduce((total, part) => total + part(variables), 0);
}

function field(selection: FieldSelection, limits: OperationLimits, pending: Size | undefined): Cost {
  const own = sizeArgument(selection);
  const list = isList(selection.type);
  const below = selection.selections && sum(selection.selections, limits, list ? undefined : own);
  if (!list) return below ? (variables) => 1 + below(variables) : () => 1;
  const size = own ?? pending ?? (() => limits.assumedListSize);
  // A list of plain values is one value in the record and on the wire.
  return below ? (variables) => 1 + items(size(variables), limits) * below(variables) : () => 1;
}

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
