import { defaultFieldResolver, GraphQLError, isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';
import { coordinate } from '../kernel/index.js';
import type { SubgraphContext } from './context.js';
import { masked } from './mask.js';
import { IN_SCOPE } from './row-reader.js';

/** Makes every field refuse what its row scope leaves out and give only the de-identified form where the hub's context
 *  says so. A scoped field whose row was not read under that scope is refused, whatever made the row. */
export function guardFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const at = coordinate(type.name, field.name);
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context: SubgraphContext, info) => {
        const { scopes, masks } = context.fetch;
        if (scopes?.[at] && !(parent as { [IN_SCOPE]?: Set<string> })?.[IN_SCOPE]?.has(field.name)) {
          throw new GraphQLError(`${at} is not shared for this row: it lies outside the grant's divisions.`, {
            extensions: { code: 'OUT_OF_SCOPE', coordinate: at },
          });
        }
        const form = masks?.[at];
        const value: unknown = resolve(parent, args, context, info);
        if (!form) return value;
        return value instanceof Promise ? value.then((late) => hide(late, form)) : hide(value, form);
      };
    }
  }
}

const hide = (value: unknown, form: Parameters<typeof masked>[1]) =>
  value === null || value === undefined ? value : masked(value, form);
