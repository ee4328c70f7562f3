import { Directive } from 'type-graphql';

/** The federation 2 directives that providers need, as decorators. @source specs.apollo.dev/federation/v2.3 */

/** The type is an entity that other subgraphs may refer to by these fields. A type may have several; each may name several
 *  fields, and fields of nested records.
 *  @example `@Key('id') @Key('sku package') @Key('sku variation { id }')`
 *  @param fields   field set of the key
 *  @param options             how it may be used
 *  @param options.resolvable  false where this subgraph only refers to it */
export const Key = (fields: string, options: { resolvable?: boolean } = {}) =>
  Directive(`@key(fields: ${JSON.stringify(fields)}${options.resolvable === false ? ', resolvable: false' : ''})`);

/** Another subgraph resolves this field; it is named here because a computed field requires it. */
export const External = () => Directive('@external');

/** The field is computed from these fields of other subgraphs. */
export const Requires = (fields: string) => Directive(`@requires(fields: ${JSON.stringify(fields)})`);

/** This field's record brings these fields of another subgraph along, so that the other need not be asked. Each is
 *  `@External` in its type here. The hub wants the consent of their owner. */
export const Provides = (fields: string) => Directive(`@provides(fields: ${JSON.stringify(fields)})`);

/** More than one subgraph resolves this field, with the same value. */
export const Shareable = () => Directive('@shareable');

/** This subgraph resolves the field from now on, and no longer the one named. The hub wants the consent of its owner.
 *  @param from  name of the other subgraph */
export const Override = (from: string) => Directive(`@override(from: ${JSON.stringify(from)})`);

/** The type stands for an interface of other subgraphs: its fields are added to every implementation. It has a `@Key` of
 *  the interface. */
export const InterfaceObject = () => Directive('@interfaceObject');

/** A word by which tools that read the graph select elements. It restricts nobody. */
export const Tag = (name: string) => Directive(`@tag(name: ${JSON.stringify(name)})`);

/** Subgraphs may use the element, consumers never see it. */
export const Inaccessible = () => Directive('@inaccessible');
