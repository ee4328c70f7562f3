import {
  isEnumType,
  isScalarType,
  Kind,
  specifiedScalarTypes,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';
import type { Variables } from '../request/operation.js';

/** Counts the elements of all lists in a value, at any depth. */
export function countElements(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce<number>((total, inner) => total + countElements(inner), own);
}

/** Length of the longest list in a value, at any depth. */
export function findLongestList(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce<number>((most, inner) => Math.max(most, findLongestList(inner)), own);
}

/** Variables of one request with the number of elements in each, counted when it is first asked for. */
export class GivenVariables {
  private readonly counted = new Map<string, number>();

  constructor(private readonly values: Variables) {}

  get(name: string): unknown {
    return this.values.get(name);
  }

  countElements(name: string): number {
    let count = this.counted.get(name);
    if (count === undefined) this.counted.set(name, (count = countElements(this.values.get(name))));
    return count;
  }
}

/** Names of the variables whose values may hold lists. */
export const findListVariables = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): ReadonlySet<string> =>
  new Set(
    variableDefinitions.filter(({ type }) => mayHoldLists(schema, type)).map(({ variable }) => variable.name.value),
  );

function mayHoldLists(schema: GraphQLSchema, type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return mayHoldLists(schema, type.type);
  if (type.kind === Kind.LIST_TYPE) return true;
  const named = schema.getType(type.name.value);
  return !isEnumType(named) && !(isScalarType(named) && specifiedScalarTypes.includes(named));
}

/** Compiles the count of the elements of all lists in an argument, at any depth, those of its variables included.
 *  @param lists  variables that may hold lists
 *  @returns undefined where there can be none */
export function compileElements(
  value: ValueNode,
  lists: ReadonlySet<string>,
): ((variables: GivenVariables) => number) | undefined {
  if (value.kind === Kind.VARIABLE) {
    const name = value.name.value;
    return lists.has(name) ? (variables) => variables.countElements(name) : undefined;
  }
  if (value.kind !== Kind.LIST && value.kind !== Kind.OBJECT) return undefined;
  const own = value.kind === Kind.LIST ? value.values.length : 0;
  const inner = value.kind === Kind.LIST ? value.values : value.fields.map((field) => field.value);
  const parts = inner.map((each) => compileElements(each, lists)).filter((part) => part !== undefined);
  if (parts.length === 0 && own === 0) return undefined;
  return (variables) => parts.reduce((total, part) => total + part(variables), own);
}
