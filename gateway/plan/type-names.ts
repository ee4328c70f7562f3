import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Relations between type names, precomputed from the supergraph's schema. */
export interface TypeNames {
  readonly isObject: (name: unknown) => boolean;
  readonly isKnown: (name: string) => boolean;
  /** True when an object of type `name` satisfies a condition on `type`. An interface's name satisfies itself, because a
   *  subgraph that has it as `@interfaceObject` gives no other name. */
  satisfies(name: string, type: string): boolean;
  /** Names that satisfy at least one of the conditions. */
  namesWithin(types: readonly string[]): ReadonlySet<string>;
}

export function indexTypeNames(schema: GraphQLSchema): TypeNames {
  const within = new Map<string, Set<string>>();
  const objects = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    const names = new Set([type.name]);
    if (isObjectType(type)) objects.add(type.name);
    if (isAbstractType(type)) for (const { name } of schema.getPossibleTypes(type)) names.add(name);
    if (isInterfaceType(type)) for (const { name } of schema.getImplementations(type).interfaces) names.add(name);
    within.set(type.name, names);
  }
  return {
    isObject: (name) => objects.has(name as string),
    isKnown: (name) => within.has(name),
    satisfies: (name, type) => name === type || (within.get(type)?.has(name) ?? false),
    namesWithin: (types) => new Set(types.flatMap((type) => [...(within.get(type) ?? [type])])),
  };
}
