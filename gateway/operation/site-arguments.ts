import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { SiteArgument } from '../request/operation.js';
import { compileElements, GivenVariables } from './list-elements.js';

type Variables = SiteArgument['variables'][number][];

/** Arguments of a field and the items they mention, for the rules on filters. */
export function siteArguments(node: FieldNode, field: GraphQLField<unknown, unknown>): readonly SiteArgument[] {
  return (node.arguments ?? []).map(({ name, value }) => {
    const literals = new Set<Coordinate>();
    const variables: Variables = [];
    const definition = field.args.find((arg) => arg.name === name.value);
    if (definition) mentions(value, definition.type, literals, variables);
    const variable = value.kind === Kind.VARIABLE ? value.name.value : undefined;
    const { type: inputType } = definition ?? {};
    return {
      name: name.value,
      variable,
      literals: [...literals],
      elements: countLiterals(value),
      variables,
      value,
      inputType,
    };
  });
}

const countLiterals = (value: ValueNode): number =>
  compileElements(value, NO_VARIABLES)?.(new GivenVariables(new Map())) ?? 0;
const NO_VARIABLES: ReadonlySet<string> = new Set();

/** @param at  the input field that the value is given to */
function mentions(
  value: ValueNode,
  type: GraphQLInputType,
  literals: Set<Coordinate>,
  variables: Variables,
  at?: Coordinate,
): void {
  const named = getNamedType(type);
  if (value.kind === Kind.VARIABLE) variables.push({ name: value.name.value, type: named.name, at });
  if (value.kind === Kind.ENUM && isEnumType(named)) literals.add(coordinate(named.name, value.value));
  if (value.kind === Kind.LIST) for (const item of value.values) mentions(item, named, literals, variables);
  if (value.kind !== Kind.OBJECT || !isInputObjectType(named)) return;
  for (const entry of value.fields) {
    const input = named.getFields()[entry.name.value];
    if (!input) continue;
    const inner = coordinate(named.name, input.name);
    // A variable as the whole value leaves the field out when it is not given.
    if (entry.value.kind !== Kind.VARIABLE) literals.add(inner);
    mentions(entry.value, input.type, literals, variables, inner);
  }
}
