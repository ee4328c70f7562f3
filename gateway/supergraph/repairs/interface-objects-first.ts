import { Kind, type DefinitionNode } from 'graphql';
import { federationNames } from '../../../shared/share/federation-names.js';
import type { SubgraphRepair } from './repair.js';

/** Puts `@interfaceObject` types before the types whose fields lead to them.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 throws "Expected Unit to be an interface type" where a field above the
 *  type provides something of it. */
export const putInterfaceObjectsFirst: SubgraphRepair = ({ typeDefs }) => {
  const names = federationNames(typeDefs);
  const isInterfaceObject = (each: DefinitionNode) =>
    (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    (each.directives ?? []).some(({ name }) => names.get(name.value) === 'interfaceObject');
  const isSchema = ({ kind }: DefinitionNode) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION;
  const rankOf = (each: DefinitionNode) => (isSchema(each) ? 0 : isInterfaceObject(each) ? 1 : 2);
  if (!typeDefs.definitions.some(isInterfaceObject)) return typeDefs;
  return { ...typeDefs, definitions: typeDefs.definitions.toSorted((a, b) => rankOf(a) - rankOf(b)) };
};
