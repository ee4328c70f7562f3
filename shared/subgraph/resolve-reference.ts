import type { SubgraphContext } from './context.js';
import type { TypeClass } from './definition.js';
import { stateResolver, type FindRecords } from './stated-resolvers.js';

/** The method finds the records of a type that other subgraphs refer to, in place of the kit, which finds rows by columns:
 *  for keys of nested records that are no column, and for types without a table. Rows come from `context.rows`, so that
 *  only what the hub's context allows is read; a record from elsewhere is refused where a grant cuts rows.
 *  @param type  class of the type
 *  @param key   the one key that it resolves, as `@Key` states it; every key where absent
 *  @example
 *  ```ts
 *  @Resolver(() => Product)
 *  class ProductResolver {
 *    @ResolveReference(() => Product, 'sku variation { id }')
 *    byVariation(references: readonly Reference[], { rows }: SubgraphContext, info: GraphQLResolveInfo) { … }
 *  }
 *  ``` */
export const ResolveReference =
  <T extends object>(type: () => TypeClass & (abstract new (...args: never[]) => T), key?: string) =>
  <M extends FindRecords<SubgraphContext, T>>(prototype: object, method: string, _: TypedPropertyDescriptor<M>): void =>
    stateResolver(prototype, { type, key, method });
