import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Coordinate } from '../../shared/kernel/index.js';

/** One place in the operation where a field is requested. Bit `index` of a `Denials` set stands for it. */
export interface Site {
  readonly index: number;
  readonly coordinate: Coordinate;
  /** Response keys from the root, as the client wrote them, without list indices. */
  readonly path: readonly string[];
  /** Argument names given (literally or by variable), with where their value comes from. */
  readonly args: readonly SiteArgument[];
}
export interface SiteArgument {
  readonly name: string;
  /** Set when the whole value is this one variable; the argument then counts as given only when the variable is. */
  readonly variable?: string;
  /** Input coordinates `InputType.field` and enum values `Enum.VALUE` that the literal value mentions, at any depth. */
  readonly literals: readonly Coordinate[];
  /** Variables inside the value, with the named input type each is used as and the input field it is the whole value of.
   *  A variable that is not given counts as not used. */
  readonly variables: readonly { readonly name: string; readonly type: string; readonly at?: Coordinate }[];
}

/** A checked and normalised operation. Immutable, and cached by its text for one graph. */
export interface Operation {
  /** SHA-256 of text and operation name, hex: the operation hash of the access record. */
  readonly id: string;
  readonly name: string | undefined;
  readonly kind: 'query' | 'mutation';
  /** The client's document, for projection. */
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly sites: readonly Site[];
  /** True when it asks for `__schema` or `__type`, alone or among data. */
  readonly introspection: boolean;
  /** True when it asks for nothing but introspection. */
  readonly introspectionOnly: boolean;
}

/** Which sites are refused, as a bit set: bit `i` of word `i >> 5`. A denied composite site denies all below it. */
export type Denials = Uint32Array;
