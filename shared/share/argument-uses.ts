import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
} from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../kernel/index.js';
import type { InputRules, InputUse } from './share-index.js';

/** Finds every use of an item that the arguments of a field can make; `own` are those of its arguments themselves. */
export function argumentUseReader(
  schema: GraphQLSchema,
  rules: InputRules,
): (at: Coordinate, own: Readonly<Record<string, readonly InputUse[]>>) => InputUse[] {
  const known = new Map<string, readonly InputUse[]>();
  const usesOf = (named: GraphQLNamedInputType): readonly InputUse[] => {
    let uses = known.get(named.name);
    if (!uses) known.set(named.name, (uses = usesOfType(named, rules)));
    return uses;
  };
  return (at, own) => [
    ...new Set([
      ...Object.values(own).flat(),
      ...argumentsOf(schema, at).flatMap(({ type }) => usesOf(getNamedType(type))),
    ]),
  ];
}

/** Every use that some value of the type can make. */
function usesOfType(type: GraphQLNamedInputType, rules: InputRules): readonly InputUse[] {
  const uses: InputUse[] = [];
  const types = new Set([type]);
  // A set visits what is added to it while it is walked.
  for (const each of types) {
    if (isEnumType(each))
      for (const { name } of each.getValues()) uses.push(...(rules.get(coordinate(each.name, name)) ?? []));
    if (!isInputObjectType(each)) continue;
    for (const field of Object.values(each.getFields())) {
      uses.push(...(rules.get(coordinate(each.name, field.name)) ?? []));
      types.add(getNamedType(field.type));
    }
  }
  return uses;
}

/** The uses that an input makes when nobody gives it: those of its default value, and its own where it has one.
 *  A default of null is no use. */
export function defaultUses(
  input: GraphQLArgument | GraphQLInputField,
  own: readonly InputUse[],
  rules: InputRules,
): InputUse[] {
  if (input.defaultValue === undefined || input.defaultValue === null) return [];
  return [...own, ...usesOfDefault(input.defaultValue, input.type, rules)];
}

function usesOfDefault(value: unknown, type: GraphQLInputType, rules: InputRules): readonly InputUse[] {
  const named = getNamedType(type);
  if (Array.isArray(value)) return value.flatMap((entry) => usesOfDefault(entry, type, rules));
  if (isEnumType(named)) return rules.get(coordinate(named.name, String(named.serialize(value)))) ?? [];
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    const field = named.getFields()[name];
    if (!field) return [];
    return [...(rules.get(coordinate(named.name, name)) ?? []), ...usesOfDefault(entry, field.type, rules)];
  });
}

export function argumentsOf(schema: GraphQLSchema, at: Coordinate): readonly GraphQLArgument[] {
  const { type: typeName, field } = parseCoordinate(at);
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[field]?.args ?? []) : [];
}
