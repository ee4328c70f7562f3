import { EntitySchema } from '@mikro-orm/postgresql';
import type { TypeClass } from './definition.js';

/** A table or view whose rows stand for a type, where there is no class with decorators. */
export interface RowEntity {
  readonly class: TypeClass;
  readonly schema?: string;
  /** Table or view. */
  readonly table: string;
  readonly columns: readonly RowColumn[];
  /** Properties that name one row together. */
  readonly primaryKey: readonly string[];
}
export interface RowColumn {
  readonly property: string;
  /** In the table. */
  readonly column: string;
  readonly type: RowColumnType;
  readonly nullable: boolean;
}
export type RowColumnType = 'text' | 'integer' | 'numeric' | 'double' | 'date' | 'timestamptz' | 'boolean';

const TYPES: Readonly<Record<RowColumnType, { readonly type: string; readonly columnType: string }>> = {
  text: { type: 'text', columnType: 'text' },
  integer: { type: 'integer', columnType: 'integer' },
  numeric: { type: 'decimal', columnType: 'numeric' },
  double: { type: 'double', columnType: 'double precision' },
  date: { type: 'date', columnType: 'date' },
  timestamptz: { type: 'datetime', columnType: 'timestamptz' },
  boolean: { type: 'boolean', columnType: 'boolean' },
};

/** A class of the given name that stands for a type. */
export function nameClass(name: string): TypeClass {
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made;
}

/** Describes a table to the ORM. */
export const toEntitySchema = ({ class: rowClass, schema, table, columns, primaryKey }: RowEntity): EntitySchema =>
  new EntitySchema({
    class: rowClass as new () => object,
    tableName: table,
    ...(schema !== undefined && { schema }),
    properties: Object.fromEntries(
      columns.map(({ property, column, type, nullable }) => [
        property,
        {
          ...TYPES[type],
          fieldName: column,
          ...(nullable && { nullable }),
          ...(primaryKey.includes(property) && { primary: true }),
        },
      ]),
    ),
  }) as never;
