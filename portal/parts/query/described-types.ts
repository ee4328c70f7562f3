/** A type of the hub's schema as `GET /schema/types` describes it to the signed-in person. */
export interface DescribedType {
  readonly name: string;
  readonly kind: Kind;
  readonly title: string;
  /** Of objects and interfaces; of `Query` those that lead into the catalogue. */
  readonly fields?: readonly DescribedField[];
  /** Of input objects. */
  readonly inputs?: readonly DescribedInput[];
  /** Of enumerations. */
  readonly values?: readonly { readonly name: string; readonly title: string }[];
  /** Names of the objects of a union or an interface. */
  readonly members?: readonly string[];
}
type Kind = 'OBJECT' | 'INTERFACE' | 'UNION' | 'ENUM' | 'INPUT_OBJECT' | 'SCALAR';
interface Typed {
  readonly name: string;
  readonly title: string;
  /** As the schema writes it, `[String!]!`. */
  readonly type: string;
  /** The type without lists. */
  readonly named: string;
  readonly kind: Kind;
  readonly list: boolean;
}
/** An argument, or a field of an input object. */
export interface DescribedInput extends Typed {
  /** Its description, where that says more than the title. */
  readonly help?: string;
  readonly required: boolean;
  readonly refused?: Refused;
}
export interface DescribedField extends Typed {
  readonly args: readonly DescribedInput[];
  readonly shareType?: 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED';
  /** Department code. */
  readonly provider?: string;
  readonly basic?: boolean;
  /** The resource that a root field leads to. */
  readonly resource?: { readonly code: string; readonly name: string };
  /** Type of the records of the list in pages that a root field is. */
  readonly nodes?: string;
  /** The refusal that the person's department would be given now, for the purpose that was named. */
  readonly refused?: Refused;
}
interface Refused {
  readonly code: string;
  readonly message: string;
}

/** Types by name. */
export type Types = ReadonlyMap<string, DescribedType>;
