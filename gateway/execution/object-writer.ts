import type { GraphQLOutputType } from 'graphql';
import type { Mask } from '../../shared/kernel/index.js';
import type { RowCheck } from '../operation/limit-fields.js';
import type { AskedAt } from './locate-below.js';
import type { WriteValue } from './write-value.js';

export interface FieldWriter {
  /** `{"key":` of the first field, `,"key":` of the others. */
  readonly head: string;
  readonly key: string;
  readonly inner: string;
  readonly name: string;
  readonly nonNull: boolean;
  readonly write: WriteValue;
  /** Sites under this key; none for `__typename` and introspection. */
  readonly sites: readonly number[];
  /** The outcome of a value on the record: `WHOLE` or `MASKED`. */
  readonly gives: number;
  /** Present where the value is given within rows only. */
  readonly scope: { readonly site: number; readonly checks: readonly RowCheck[] } | undefined;
  /** Site whose arguments name subjects; absent where none do. */
  readonly naming?: number | undefined;
  /** Identifier of the one subject that the value is; absent where it is none. */
  readonly leadsTo?: ObjectWriter['subject'] | undefined;
  /** Present where the value is written as it was fetched, or masked. */
  readonly copied?: CopiedValue | undefined;
  /** Selections of the operation here; the paths of errors are read from them. */
  readonly asked: AskedAt;
}

/** Writes the objects of one runtime type. */
export interface ObjectWriter {
  readonly type: string;
  readonly row: number;
  /** Conditions under which the whole row is given. */
  readonly rows: readonly RowCheck[];
  readonly fields: readonly FieldWriter[];
  readonly subject: { readonly field: string; readonly prefix: string } | undefined;
}

/** A field that is written as it was fetched, or masked: without row or count. */
export type CopiedValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'denied'; readonly sites: readonly number[] }
  | {
      readonly kind: 'value';
      readonly type: GraphQLOutputType;
      readonly masks: readonly Mask[];
      /** Writer of the objects that it leads to, where these are of one type. */
      readonly objects: () => ObjectWriter;
    };
