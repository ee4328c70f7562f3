import { Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { allow } from '../../share/shield.js';
import {
  buildSubgraphFromSdl,
  GraphQLDecimal,
  nameClass,
  ReadsOf,
  type SubgraphParts,
  type TypeClass,
} from '../../subgraph/index.js';
import type { Declaration } from '../declaration-schema.js';
import { hasStatistics } from '../graph-names.js';
import { declaredTypes } from './declared-sdl.js';
import { DeclaredResolvers } from './declared-resolvers.js';
import { otherTypes } from './other-types.js';

/** A declaration as a subgraph of the kit, without the databases that hold its rows. */
export interface DeclaredGraph extends SubgraphParts {
  /** Stands for a type of the declaration: the entity of its rows. */
  readonly classes: ReadonlyMap<string, TypeClass>;
}

/** Builds the subgraph that a declaration describes. The same declaration gives the same SDL in every process.
 *  @throws HubError SUBGRAPH_INVALID naming what cannot work */
export function buildDeclaredGraph(declaration: Declaration): DeclaredGraph {
  const others = otherTypes(declaration);
  const classes = new Map(
    [...Object.keys(declaration.types), ...others.map(({ name }) => name)].map((name) => [name, nameClass(name)]),
  );
  for (const [name, { relations }] of Object.entries(declaration.types))
    for (const [field, { key }] of Object.entries(relations)) {
      const typeClass = classes.get(name)!;
      const read = key ? Object.values(key) : declaration.types[name]!.keys[0]!;
      ReadsOf(typeClass, ...read)(typeClass.prototype as object, field);
    }
  const resolvers = new DeclaredResolvers(declaration, classes);
  const document = declaredTypes(declaration);
  const scalars = { Decimal: GraphQLDecimal, LocalDate: GraphQLLocalDate, DateTimeISO: GraphQLDateTimeISO };
  const used = document.definitions.flatMap((each) =>
    each.kind === Kind.SCALAR_TYPE_DEFINITION ? [each.name.value] : [],
  );
  const fields = {
    ...resolvers.byType(),
    ...Object.fromEntries(Object.entries(scalars).filter(([name]) => used.includes(name))),
  };
  const uncounted = Object.entries(declaration.types).flatMap(([name, type]) => (hasStatistics(type) ? [] : [name]));
  const built = buildSubgraphFromSdl(declaration.subgraph, document, fields, new Set(uncounted));
  return {
    name: declaration.subgraph,
    built,
    classes,
    served: [...classes].map(([name, typeClass]) => ({
      name,
      class: typeClass,
      members: new Map(),
      resolved: new Set(
        Object.keys({ ...declaration.types[name]?.relations, ...declaration.extends[name]?.relations }),
      ),
    })),
    permissions: {
      Query: Object.fromEntries(
        Object.values(declaration.types)
          .flatMap(({ lists, lookups }) => [...Object.keys(lists), ...Object.keys(lookups)])
          .map((root) => [root, allow]),
      ),
    },
  };
}
