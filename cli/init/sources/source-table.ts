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
