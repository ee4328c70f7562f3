import type { GraphQLResolveInfo } from 'graphql';
import type { TypeClass } from './definition.js';

/** What another subgraph knows of a record: fields of a key, and inputs of `@requires`. */
export type Reference = Readonly<Record<string, unknown>>;

/** Finds the records of references.
 *  @param references  of one type and key, all of a request that came together
 *  @param context     of the resolvers
 *  @returns as many answers in the same order: the record, null where there is none, or an error for that reference alone */
export type FindRecords<Context = never, T extends object = object> = (
  references: readonly Reference[],
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<readonly (T | Error | null)[]> | readonly (T | Error | null)[];

/** A method marked with `@ResolveReference`. */
export interface StatedResolver {
  readonly type: TypeClass;
  /** Field set; undefined for every key of the type. */
  readonly key: string | undefined;
  readonly method: string;
  readonly find: FindRecords<object>;
}

const STATED = Symbol('methods that resolve references');

interface Stated {
  readonly type: () => TypeClass;
  readonly key: string | undefined;
  readonly method: string;
}

/** Remembers a method of a resolver class. */
export function stateResolver(prototype: object, stated: Stated): void {
  const known = (Reflect.getOwnMetadata(STATED, prototype) as Stated[] | undefined) ?? [];
  Reflect.defineMetadata(STATED, [...known, stated], prototype);
}

/** The methods of resolver classes that are marked with `@ResolveReference`. Each class has one instance, which keeps
 *  nothing between requests. */
export function statedResolvers(classes: readonly (new () => object)[]): StatedResolver[] {
  return classes.flatMap((resolverClass) => {
    const stated = (Reflect.getOwnMetadata(STATED, resolverClass.prototype as object) as Stated[] | undefined) ?? [];
    if (stated.length === 0) return [];
    const instance = new resolverClass() as Record<string, FindRecords<object>>;
    return stated.map(({ type, key, method }) => ({
      type: type(),
      key,
      method: `${resolverClass.name}.${method}`,
      find: (...given: Parameters<FindRecords<object>>) => instance[method]!(...given),
    }));
  });
}
