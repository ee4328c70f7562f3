import type { Declaration, DeclaredType } from './declaration-schema.js';
import { tableSpecs } from './table-specs.js';

/** Kinds of sources, as `from` names them. */
export const SOURCE_KINDS = ['hosted', 'database', 'service'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const kindOf = ({ from }: DeclaredType): SourceKind => SOURCE_KINDS.find((kind) => from[kind] !== undefined)!;

/** Says where rows that the hub keeps for one declaration do not fit another one: a key or a type that differs. */
export function findHostedChanges(before: Declaration, after: Declaration): string[] {
  const tables = new Map(tableSpecs(before).map((spec) => [spec.table, spec]));
  return tableSpecs(after).flatMap(({ table, key, columns }) => {
    const known = tables.get(table);
    if (!known) return [];
    const changes = columns.flatMap(({ name, type }) => {
      const column = known.columns.find((each) => each.name === name);
      return column && column.type !== type
        ? [`${table}.${name} is kept as ${column.type}, and would be ${type}.`]
        : [];
    });
    return key.toSorted().join() === known.key.toSorted().join()
      ? changes
      : [...changes, `Rows of ${table} are kept by ${known.key.join(', ')}, and would be by ${key.join(', ')}.`];
  });
}
