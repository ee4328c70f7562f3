import {
  getNamedType,
  isInputObjectType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { SiteArgument } from './operation.js';

/** What a field's arguments mention, for the rules on filters. */
export function siteArguments(node: FieldNode, field: GraphQLField<unknown, unknown>): readonly SiteArgument[] {
  return (node.arguments ?? []).map(({ name, value }) => {
    const literals = new Set<Coordinate>();
    const variables: { name: string; type: string }[] = [];
    const definition = field.args.find((arg) => arg.name === name.value);
    if (definition) mentions(value, definition.type, literals, variables);
    return { name: name.value, literals: [...literals], variables };
  });
}

function mentions(
  value: ValueNode,
  type: GraphQLInputType,
  literals: Set<Coordinate>,
  variables: { name: string; type: string }[],
): void {
  const named = getNamedType(type);
  if (value.kind === Kind.VARIABLE) variables.push({ name: value.name.value, type: named.name });
  if (value.kind === Kind.LIST) for (const item of value.values) mentions(item, named, literals, variables);
  if (value.kind !== Kind.OBJECT || !isInputObjectType(named)) return;
  for (const entry of value.fields) {
    const input = named.getFields()[entry.name.value];
    if (!input) continue;
    literals.add(coordinate(named.name, input.name));
    mentions(entry.value, input.type, literals, variables);
  }
}
