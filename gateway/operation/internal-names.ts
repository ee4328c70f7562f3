import type { GraphQLField, GraphQLSchema } from 'graphql';
import { isInterfaceType, isObjectType } from 'graphql';

/** Every client alias gets this prefix before planning, so that no join key and no `@requires` input can be read
 *  from a field that the client named. A plain key therefore always holds the field of that name.
 *  @source share-rules section 3.2 */
const PREFIX = 'a_';
const VARIABLE_PREFIX = 'v_';

/** The prefix for this schema: lengthened until no field of the schema starts with it. */
export function aliasPrefix(schema: GraphQLSchema): string {
  let prefix = PREFIX;
  while (hasFieldNamed(schema, (name) => name.startsWith(prefix))) prefix = `_${prefix}`;
  return prefix;
}

/** Response key under which the field is fetched. A field that takes arguments is isolated as well: `price(currency: "EUR")`
 *  must not pass for the `price` that another department requires. */
export function toInnerKey(key: string, field: GraphQLField<unknown, unknown>, prefix: string): string {
  const plain = key === field.name && field.args.length === 0 && !(field.name in Object.prototype);
  return plain ? key : prefix + key;
}

/** The planner names variables of its own (`representations`, `__batch_reps_0`); the client's cannot meet them. */
export const toInnerVariable = (name: string): string => VARIABLE_PREFIX + name;

function hasFieldNamed(schema: GraphQLSchema, test: (name: string) => boolean): boolean {
  return Object.values(schema.getTypeMap()).some(
    (type) => (isObjectType(type) || isInterfaceType(type)) && Object.keys(type.getFields()).some(test),
  );
}

/** The client's name of an inner variable. */
export const toClientVariable = (inner: string): string => inner.slice(VARIABLE_PREFIX.length);
