import type { GraphQLResolveInfo } from 'graphql';
import type { SubgraphContext } from './context.js';
import type { TypeClass } from './definition.js';

/** What another subgraph knows of a record: fields of a key, and inputs of `@requires`. */
export type Reference = Readonly<Record<string, unknown>>;

/** Finds the records of references.
 *  @param references  of one type and key, all of a request that came together
 *  @returns as many answers in the same order: the record, null where there is none, or an error for that reference alone */
export type ReferenceResolver<T extends object = object> = (
  references: readonly Reference[],
  context: SubgraphContext,
  info: GraphQLResolveInfo,
) => Promise<readonly (T | Error | null)[]> | readonly (T | Error | null)[];

/** A method marked with `@ResolveReference`. */
export interface StatedResolver {
  readonly type: TypeClass;
  /** Field set; undefined for every key of the type. */
  readonly key: string | undefined;
  readonly method: string;
  readonly resolve: ReferenceResolver;
}

const STATED = Symbol('methods that resolve references');

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
  <M extends ReferenceResolver<T>>(prototype: object, method: string, _: TypedPropertyDescriptor<M>): void => {
    const known = (Reflect.getOwnMetadata(STATED, prototype) as Stated[] | undefined) ?? [];
    Reflect.defineMetadata(STATED, [...known, { type, key, method }], prototype);
  };

interface Stated {
  readonly type: () => TypeClass;
  readonly key: string | undefined;
  readonly method: string;
}

/** The methods of resolver classes that are marked with `@ResolveReference`. Each class has one instance, which keeps
 *  nothing between requests. */
export function statedResolvers(classes: readonly (new () => object)[]): StatedResolver[] {
  return classes.flatMap((resolverClass) => {
    const stated = (Reflect.getOwnMetadata(STATED, resolverClass.prototype as object) as Stated[] | undefined) ?? [];
    if (stated.length === 0) return [];
    const instance = new resolverClass() as Record<string, ReferenceResolver>;
    return stated.map(({ type, key, method }) => ({
      type: type(),
      key,
      method: `${resolverClass.name}.${method}`,
      resolve: (...given: Parameters<ReferenceResolver>) => instance[method]!(...given),
    }));
  });
}
