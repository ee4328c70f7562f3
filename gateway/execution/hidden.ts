import { isAbstractType, isEnumType, type GraphQLSchema } from 'graphql';

/** Names that a type of the consumers' schema lacks because they are `@inaccessible`: values of an enum, object types of an
 *  interface or union. A subgraph that gives one makes no mistake; consumers get null without an error, and an error only
 *  where null is not allowed.
 *  @param graph  every type and field, also inaccessible ones
 *  @param seen   the consumers' schema */
export function findHidden(graph: GraphQLSchema, seen: GraphQLSchema, type: string): ReadonlySet<unknown> {
  const visible = new Set(namesOf(seen, type));
  return new Set(namesOf(graph, type).filter((name) => !visible.has(name)));
}

function namesOf(schema: GraphQLSchema, name: string): readonly string[] {
  const type = schema.getType(name);
  if (isEnumType(type)) return type.getValues().map((value) => value.name);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map((object) => object.name) : [];
}
