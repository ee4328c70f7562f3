import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
  ValueNode,
} from 'graphql';
import type { Coordinate } from '../../shared/kernel/index.js';
import { isActive, type Condition, type Selection } from './selection.js';

/** One place in the operation where a field is requested. Bit `index` of a `Denials` set stands for it. */
export interface Site {
  readonly index: number;
  readonly coordinate: Coordinate;
  /** Response keys from the root, as the client wrote them, without list indices. */
  readonly path: readonly string[];
  /** Argument names given (literally or by variable), with where their value comes from. */
  readonly args: readonly SiteArgument[];
  /** When it takes part, what stands around it included; absent where that is always. */
  readonly condition?: Condition | undefined;
  /** Where the field stands in the text, from 1. */
  readonly location?: { readonly line: number; readonly column: number } | undefined;
  /** Arguments that name subjects, or hold input fields that do. */
  readonly identifiers?: readonly IdentifierArgument[];
}
/** @param kind  of the value itself, where it is an identifier */
export interface IdentifierArgument {
  readonly name: string;
  readonly value: ValueNode;
  readonly type: GraphQLInputType;
  readonly kind: 'PERSON' | 'ORGANISATION' | undefined;
}
export interface SiteArgument {
  readonly name: string;
  /** Set when the whole value is this one variable; the argument then counts as given only when the variable is. */
  readonly variable?: string;
  /** Input coordinates `InputType.field` and enum values `Enum.VALUE` that the literal value mentions, at any depth. */
  readonly literals: readonly Coordinate[];
  /** Elements of all lists in the literal value, at any depth. */
  readonly elements: number;
  /** Variables inside the value, with the named input type each is used as and the input field it is the whole value of.
   *  A variable that is not given counts as not used. */
  readonly variables: readonly { readonly name: string; readonly type: string; readonly at?: Coordinate }[];
  readonly value: ValueNode;
  /** Undefined for an argument that the field has not. */
  readonly inputType: GraphQLInputType | undefined;
}

/** A checked and normalised operation. Immutable, and cached by its text for one graph. */
export interface Operation {
  /** SHA-256 of text and operation name, hex. */
  readonly id: string;
  /** The operation hash of the access record: `id`, or for an operation that makes claims in its text the same of the text
   *  without its literal values. */
  readonly recordedId: string;
  /** SHA-256 of the text alone, hex: the hash by which clients and the register know it. */
  readonly textHash: string;
  readonly name: string | undefined;
  readonly kind: 'query' | 'mutation';
  /** The client's document, for projection. */
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly sites: readonly Site[];
  /** Boolean variables that decide `@skip` and `@include`, in bit order. */
  readonly conditions: readonly string[];
  /** True when it asks for `__schema` or `__type`, alone or among data. */
  readonly introspection: boolean;
  /** True when it asks for nothing but introspection. */
  readonly introspectionOnly: boolean;
}

/** Coerced variables by the client's name. A Map, because the names are the client's. */
export type Variables = ReadonlyMap<string, unknown>;

/** An operation with everything that later stops need of it, computed once. */
export interface PreparedOperation extends Operation {
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly selections: readonly Selection[];
  /** Prefix of every isolated client alias under this schema. */
  readonly prefix: string;
  /** @throws HubError BAD_USER_INPUT, OPERATION_TOO_COSTLY */
  readonly coerce: (given: Readonly<Record<string, unknown>> | undefined) => Variables;
  /** Subjects that arguments of these sites name, `KIND:value`. */
  readonly namedSubjects: (variables: Variables, isAsked: (site: Site) => boolean) => ReadonlySet<string>;
}

/** The condition variables that are true, as bits. */
export function readConditions({ conditions }: Operation, valueOf: (variable: string) => unknown): number {
  let bits = 0;
  for (let i = 0; i < conditions.length; i++) if (valueOf(conditions[i]!) === true) bits |= 1 << i;
  return bits;
}

/** True for a site that `@skip` and `@include` leave in. */
export const takesPart = ({ condition }: Site, bits: number): boolean =>
  condition === undefined || isActive(condition, bits);

/** The site above each site, by index; -1 at the root. */
export function findParents(sites: readonly Site[]): Int32Array {
  // Sites stand in document order, parents before children: the last site one level up is the parent.
  const open: number[] = [];
  return Int32Array.from(sites, ({ index, path }) => {
    open[path.length - 1] = index;
    return open[path.length - 2] ?? -1;
  });
}
