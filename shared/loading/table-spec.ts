/** A hosted table as files are loaded into it. */
export interface TableSpec {
  readonly schema: string;
  readonly table: string;
  readonly title: string;
  readonly columns: readonly ColumnSpec[];
  readonly key: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly history: boolean;
}
export interface ColumnSpec {
  readonly name: string;
  readonly title: string;
  readonly type: 'text' | 'integer' | 'numeric' | 'double' | 'date' | 'timestamptz' | 'boolean';
  readonly required: boolean;
  readonly format?: 'IDENTITY_NUMBER' | 'CREDIT_CODE' | 'DIVISION_CODE' | 'PHONE';
  readonly values?: readonly string[];
  readonly headers: readonly string[];
}
