import { Directive } from 'type-graphql';

/** The federation 2 directives that providers need, as decorators. @source specs.apollo.dev/federation/v2.7 */

/** The type is an entity that other subgraphs may refer to by these fields.
 *  @param fields   field set of the key
 *  @param options             how it may be used
 *  @param options.resolvable  false where this subgraph only refers to it */
export const Key = (fields: string, options: { resolvable?: boolean } = {}) =>
  Directive(`@key(fields: ${JSON.stringify(fields)}${options.resolvable === false ? ', resolvable: false' : ''})`);

/** Another subgraph resolves this field; it is named here because a computed field requires it. */
export const External = () => Directive('@external');

/** The field is computed from these fields of other subgraphs. */
export const Requires = (fields: string) => Directive(`@requires(fields: ${JSON.stringify(fields)})`);

/** More than one subgraph resolves this field, with the same value. */
export const Shareable = () => Directive('@shareable');
