import type { TypeDefinitionNode, TypeExtensionNode } from 'graphql';
import type { Coordinate, Mask, ShareType } from '../kernel/index.js';
import type { InputUse, Resource, ShareProblem } from './share-index.js';

/** Statement of one subgraph's SDL about one output field. */
export interface FieldStatement {
  readonly coordinate: Coordinate;
  readonly subgraph: string;
  readonly provider: string;
  /** The department that provided it first, where it has gone to another one. */
  readonly home?: string;
  readonly title: string;
  /** Name of the type it returns, without lists and non-nulls. */
  readonly returns: string;
  /** Share type stated on the field itself. */
  readonly own?: ShareType;
  /** Share type stated on its type. */
  readonly inherited?: ShareType;
  readonly basis: readonly string[];
  readonly condition?: string;
  readonly basic: boolean;
  readonly mask?: Mask;
  readonly subject?: 'PERSON' | 'ORGANISATION';
  readonly verifiable: boolean;
  readonly dimension: boolean;
  readonly measure: boolean;
  readonly derivableInto: readonly string[];
  readonly copyOf?: string;
  /** Field set of `@requires`. */
  readonly requires?: string;
  /** Field set of `@provides`. */
  readonly provides?: string;
  /** Other subgraphs may resolve it too, by its own `@shareable` or its type's. */
  readonly shareable: boolean;
  /** Subgraph it takes the field over from. */
  readonly overrides?: string;
  /** It takes over a part of the requests only, so both subgraphs resolve the field. */
  readonly overridesInPart: boolean;
  /** The subgraph mentions the field without resolving it. */
  readonly external: boolean;
  readonly key: boolean;
  readonly interfaceObject: boolean;
  /** It stands on an interface, which resolves nothing by itself. */
  readonly abstract: boolean;
  readonly arguments: readonly InputStatement[];
}
/** Its statement about one argument or input field. */
export interface InputStatement {
  readonly name: string;
  readonly uses: readonly InputUse[];
  readonly share?: ShareStatement;
}
export interface ShareStatement {
  readonly shareType: ShareType;
  readonly basis: readonly string[];
  readonly condition?: string;
  readonly provider?: string;
}

/** One `@key` of a type. */
export interface KeyStatement {
  readonly type: string;
  /** Its field set. */
  readonly fields: string;
  /** The hub may send representations of the type by this key. */
  readonly resolvable: boolean;
}
/** A department that a subgraph names as provider, and where. */
export interface ProviderStatement {
  readonly at: string;
  readonly provider: string;
  /** It is named by its subgraph's name alone, because `@resource` names none. */
  readonly implied: boolean;
}
/** The item by which the rows of a type can be narrowed (`@scope`). */
export interface RowScope {
  readonly by: string;
  /** Path from a row to it: `divisionCode`, or `division.code` where the row refers to a record. */
  readonly path: string;
}

/** Everything one subgraph says of sharing. */
export interface SubgraphShares {
  readonly subgraph: string;
  readonly resources: readonly Resource[];
  readonly fields: readonly FieldStatement[];
  readonly keys: readonly KeyStatement[];
  readonly providers: readonly ProviderStatement[];
  /** By `InputType.field`. */
  readonly inputs: ReadonlyMap<Coordinate, InputStatement & { readonly provider: string }>;
  /** Restricted enum values, `Enum.VALUE`. */
  readonly enumValues: ReadonlyMap<Coordinate, ShareStatement & { readonly provider: string }>;
  /** Enum values that use items where they are given, `Enum.VALUE`. */
  readonly valueUses: ReadonlyMap<Coordinate, readonly InputUse[]>;
  /** Types whose rows can be narrowed. */
  readonly scopes: ReadonlyMap<string, RowScope>;
  /** Interface → object types that implement it here. */
  readonly implementations: ReadonlyMap<string, readonly string[]>;
  /** Union → its members here. */
  readonly unions: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly ShareProblem[];
}

export type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** Share type that a statement gives the item, if any. */
export const shareTypeOf = (statement: FieldStatement): ShareType | undefined => statement.own ?? statement.inherited;
