import { doTypesOverlap, isCompositeType, type GraphQLSchema } from 'graphql';
import type { Coordinate } from '../../shared/kernel/index.js';

/** True where a field may stand on an object of one of these types. */
export function mayBeOf(graph: GraphQLSchema, at: Coordinate | undefined, types: readonly string[]): boolean {
  const type = graph.getType(at?.slice(0, at.indexOf('.')) ?? '');
  if (!isCompositeType(type)) return false;
  return types.some((name) => {
    const other = graph.getType(name);
    return isCompositeType(other) && doTypesOverlap(graph, type, other);
  });
}
