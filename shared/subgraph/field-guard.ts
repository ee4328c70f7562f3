import { defaultFieldResolver, GraphQLError, isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';
import { coordinate, type Mask } from '../kernel/index.js';
import type { SubgraphContext } from './context.js';
import { maskValue } from '../share/mask-value.js';
import { IN_SCOPE } from './row-source.js';
import { typeNames } from './type-plan.js';

/** Makes every field refuse what its row scope leaves out and give only the de-identified form where the hub's context
 *  says so. A scoped field whose row was not read under that scope is refused, whatever made the row. */
export function guardFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const places = typeNames(type).map((name) => coordinate(name, field.name));
      const at = places[0]!;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context: SubgraphContext, info) => {
        const { scopes, masks } = context.fetch;
        const scoped = scopes && places.some((place) => scopes[place]);
        if (scoped && !(parent as { [IN_SCOPE]?: Set<string> })?.[IN_SCOPE]?.has(field.name)) {
          throw new GraphQLError(`${at} is not shared for this row: it lies outside the grant's divisions.`, {
            extensions: { code: 'OUT_OF_SCOPE', coordinate: at },
          });
        }
        const value: unknown = resolve(parent, args, context, info);
        // A source could not give it: the field fails, masked or not.
        if (value instanceof Error) return value;
        const forms = masks && places.flatMap((place) => masks[place] ?? []);
        if (!forms || forms.length === 0) return value;
        return value instanceof Promise ? value.then((late) => hide(late, forms)) : hide(value, forms);
      };
    }
  }
}

const hide = (value: unknown, forms: readonly Mask[]): unknown =>
  forms.reduce<unknown>(
    (shown, form) => (shown === null || shown === undefined ? shown : maskValue(shown, form)),
    value,
  );
