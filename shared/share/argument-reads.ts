import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../kernel/index.js';
import type { InputRules } from './share-index.js';

/** Every item that some use of a field's arguments can read. */
export function argumentReads(
  schema: GraphQLSchema,
  at: Coordinate,
  filters: Readonly<Record<string, readonly Coordinate[]>>,
  rules: InputRules,
): Coordinate[] {
  const reads = new Set(Object.values(filters).flat());
  const seen = new Set<string>();
  const walk = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (seen.has(named.name)) return;
    seen.add(named.name);
    if (isEnumType(named)) for (const { name } of named.getValues()) add(coordinate(named.name, name));
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) {
      add(coordinate(named.name, field.name));
      walk(field.type);
    }
  };
  const add = (input: Coordinate) => (rules.get(input) ?? []).forEach((read) => reads.add(read));
  for (const arg of argumentsOf(schema, at)) walk(arg.type);
  return [...reads];
}

/** The items that an input reads when nobody gives it: those of its default value, and its own where it has one.
 *  A default of null is no use. */
export function defaultReads(
  input: GraphQLArgument | GraphQLInputField,
  own: readonly Coordinate[],
  rules: InputRules,
): Coordinate[] {
  if (input.defaultValue === undefined || input.defaultValue === null) return [];
  return [...own, ...readsOfDefault(input.defaultValue, input.type, rules)];
}

function readsOfDefault(value: unknown, type: GraphQLInputType, rules: InputRules): readonly Coordinate[] {
  const named = getNamedType(type);
  if (Array.isArray(value)) return value.flatMap((entry) => readsOfDefault(entry, type, rules));
  if (isEnumType(named)) return rules.get(coordinate(named.name, String(named.serialize(value)))) ?? [];
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    const field = named.getFields()[name];
    if (!field) return [];
    return [...(rules.get(coordinate(named.name, name)) ?? []), ...readsOfDefault(entry, field.type, rules)];
  });
}

export function argumentsOf(schema: GraphQLSchema, at: Coordinate): readonly GraphQLArgument[] {
  const { type: typeName, field } = parseCoordinate(at);
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[field]?.args ?? []) : [];
}
