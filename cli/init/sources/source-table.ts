import type { DeclaredItem } from '../../../shared/declaration/index.js';

/** Tables that a source has, as far as a draft can use them. */
export interface SourceTables {
  readonly tables: readonly SourceTable[];
  /** Tables and views that are not in the draft, each with the reason. */
  readonly omitted: readonly Omitted[];
}
export interface Omitted {
  readonly name: string;
  /** Chinese, for the person who reads the draft. */
  readonly reason: string;
}

/** A table, view or file. */
export interface SourceTable {
  /** `table`, or `schema.table` where it is not found without. */
  readonly name: string;
  readonly comment?: string | undefined;
  readonly columns: readonly SourceColumn[];
  /** Sets of columns that name one row; the primary key first. */
  readonly keys: readonly (readonly string[])[];
  /** Columns by which the source finds rows quickly; all where the hub keeps the table. */
  readonly indexed: readonly string[] | 'ALL';
  readonly references: readonly SourceReference[];
  /** Remark on the key, where it was not stated by the source. */
  readonly keyRemark?: string | undefined;
  /** Its names are those of a graph already, and are kept. */
  readonly isNamed?: true;
  /** Set where a service gives the rows. */
  readonly service?: SourceService | undefined;
  /** Parts of a record that no column can hold. */
  readonly omitted?: readonly Omitted[] | undefined;
}
/** A foreign key. */
export interface SourceReference {
  /** As `SourceTable.name`. */
  readonly table: string;
  /** Own column → column of the other table. */
  readonly columns: Readonly<Record<string, string>>;
}
export interface SourceColumn {
  readonly name: string;
  /** Place in a row of a service, by JSON pointer, where the name is no plain member of it. */
  readonly at?: string | undefined;
  readonly comment?: string | undefined;
  readonly type: DeclaredItem['type'];
  /** Why it cannot be declared, in Chinese: its type, or its name. */
  readonly unfit?: string | undefined;
  readonly required: boolean;
  /** The only values there are, where the source states them. */
  readonly values?: readonly string[] | undefined;
  /** Some of its values as text. Read to recognise what they are, and never written anywhere. */
  readonly samples: readonly string[];
}

/** What a person asked for. */
export interface TableChoice {
  /** Tables by name; all where empty. */
  readonly tables: readonly string[];
  /** Columns that name one row, for tables that state none, by table; '' is the only table. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** Reason for a column whose values no type of a declaration holds exactly. */
export const unfitType = (type: string): string => `没有可以准确表示其值的类型（${type}）`;
export const UNFIT_NAME = '名称含有不能写入声明的字符';

/** Rows read of each table to recognise what its columns hold. */
export const SAMPLE_ROWS = 200;
/** Tables that are drafted without being named. */
export const MOST_TABLES = 20;

/** Calls of a service that give the rows of a table, in the columns of its answer. */
export interface SourceService {
  readonly success: SourceSuccess;
  /** Status codes that say that there is no such row. */
  readonly absent: readonly number[];
  readonly credential?: 'bearer' | 'basic' | { readonly header: string } | { readonly query: string } | undefined;
  readonly calls: readonly SourceCall[];
}
export type SourceSuccess =
  'status' | { readonly at: string; readonly is: readonly (string | number | boolean)[]; readonly remark?: string };

/** A text with places in it that are filled: the value of a column, or a word of paging such as `$page`. */
export type CallText = readonly (string | { readonly column: string } | { readonly word: string })[];
export interface SourceCall {
  readonly method: 'GET' | 'POST';
  readonly by: readonly string[];
  /** Columns by which the service narrows a list. */
  readonly narrow: readonly string[];
  /** Values that one call may ask for. */
  readonly most?: number | undefined;
  readonly path: CallText;
  readonly query: Readonly<Record<string, CallText>>;
  readonly body?: Readonly<Record<string, CallText>> | undefined;
  readonly rows: string;
  readonly pages?: SourcePages | undefined;
}
export type SourcePages =
  | 'whole'
  | {
      readonly by: 'number' | 'offset' | 'cursor';
      readonly size: number;
      readonly first?: number;
      readonly total?: string | undefined;
      readonly next?: string | undefined;
    };
