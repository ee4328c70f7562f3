import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { IMiddlewareGenerator } from 'graphql-middleware';
import { allow, deny, shield } from '../share/shield.js';
import type { RootPermissions } from './definition.js';

type FieldGuard = (
  resolve: GraphQLFieldResolver<unknown, unknown>,
  ...rest: Parameters<GraphQLFieldResolver<unknown, unknown>>
) => unknown;

/** Puts graphql-shield on the root fields, with what is not listed refused. Only there: on every leaf of a list it
 *  costs many times the query, and the hub has decided per coordinate before it asked.
 *  @param generated  root fields of the kit's own; they give what references give, so they are allowed unless listed */
export function guardRoots(
  schema: GraphQLSchema,
  permissions: RootPermissions,
  generated: readonly string[] = [],
): void {
  const entities = schema.getQueryType()?.getFields()['_entities'] ? { _entities: allow } : {};
  const own = Object.fromEntries(generated.map((name) => [name, allow]));
  const tree = { ...permissions, Query: { ...own, ...permissions.Query, _service: allow, ...entities } };
  const generator: IMiddlewareGenerator<unknown, unknown, unknown> = shield(tree as never, {
    fallbackRule: deny,
    allowExternalErrors: true,
    fallbackError: new GraphQLError('The caller may not use this operation of the provider.', {
      extensions: { code: 'OPERATION_DENIED' },
    }),
  });
  const guards = generator.generate(schema) as Record<string, Record<string, FieldGuard | { resolve: FieldGuard }>>;
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const found = guards[root!.name]?.[field.name];
      if (!found) throw new Error(`${root!.name}.${field.name} has no rule.`);
      const guard = typeof found === 'function' ? found : found.resolve;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context, info) => guard(resolve, parent, args, context, info);
    }
  }
}
