import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { isValue, type SqlValue } from './sql-text.js';
import type { RowDatabase, TablePlan } from './type-plan.js';

/** A column whose values become those of a property as they are, or by the property's own conversion. */
export interface PlainColumn {
  readonly property: string;
  readonly column: string;
  /** Value that came from the database, not null → value of the property. */
  readonly fromSql: (value: unknown) => unknown;
  /** @returns undefined for a value that is left to the ORM */
  readonly toSql: (value: unknown) => SqlValue | undefined;
}
/** By property; null for one that the ORM alone can read. */
export type PlainColumns = Map<string, PlainColumn | null>;

/** A table that is read without the ORM's own statements and entities, which cost more than the reading. */
export interface PlainTable {
  readonly from: readonly string[];
  readonly columns: PlainColumns;
  /** Rows are of the class. Where the ORM put properties that watch for changes, they have plain ones. */
  readonly prototype: object;
  /** Value of a column without one. */
  readonly nothing: null | undefined;
}

const known = new WeakMap<TablePlan, PlainTable | 'of the ORM'>();

/** @returns undefined for an entity of which the ORM does more than read columns: inheritance, hooks, an order of its own */
export function plainTableOf(table: TablePlan): PlainTable | undefined {
  let plain = known.get(table);
  if (!plain) known.set(table, (plain = planPlainTable(table) ?? 'of the ORM'));
  return plain === 'of the ORM' ? undefined : plain;
}

function planPlainTable(table: TablePlan): PlainTable | undefined {
  const { metadata, database, properties } = table;
  if (!isPlainEntity(metadata)) return undefined;
  const { schema, tableName, class: rowClass } = metadata;
  const prototype = Object.create((rowClass as { readonly prototype: object }).prototype) as object;
  for (const name of properties.keys())
    if (isWatched(prototype, name)) Object.defineProperty(prototype, name, { writable: true, configurable: true });
  return {
    from: [...(schema ? [schema] : []), tableName],
    columns: new Map([...properties].map(([name, property]) => [name, toPlainColumn(property, database)])),
    prototype,
    nothing: database.config.get('forceUndefined') ? undefined : null,
  };
}

function isPlainEntity(metadata: EntityMetadata): boolean {
  const { virtual, expression, orderBy, forceConstructor, root, discriminatorColumn, schema, hooks } = metadata;
  return (
    !virtual &&
    !expression &&
    !orderBy &&
    !forceConstructor &&
    (!root || root === metadata) &&
    discriminatorColumn === undefined &&
    schema !== '*' &&
    !hooks.onInit?.length &&
    !hooks.onLoad?.length
  );
}

/** True for a property that is set through the ORM, not through a setter of the provider's. */
function isWatched(prototype: object, name: string): boolean {
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return found.set !== undefined && found.get === undefined;
  }
  return false;
}

function toPlainColumn(property: EntityProperty, database: RowDatabase): PlainColumn | null {
  const { name, kind, fieldNames, persist, formula, ref, getter, accessor, embedded, customType, runtimeType } =
    property;
  const platform = database.em.getPlatform();
  const isDate = runtimeType === 'Date' && !platform.isNumericProperty(property);
  if (
    kind !== ReferenceKind.SCALAR ||
    fieldNames?.length !== 1 ||
    persist === false ||
    formula ||
    ref ||
    getter ||
    accessor ||
    embedded ||
    (customType?.convertToJSValueSQL?.('it', platform) ?? 'it') !== 'it'
  )
    return null;
  const isCompared = (customType?.convertToDatabaseValueSQL?.('it', platform) ?? 'it') === 'it';
  const parse = (value: unknown): unknown =>
    runtimeType === 'boolean'
      ? Boolean(value)
      : isDate && !(value instanceof Date)
        ? platform.parseDate(withZone(String(value), platform.getTimezone()))
        : value;
  return {
    property: name,
    column: fieldNames[0]!,
    fromSql: customType
      ? (value): unknown => customType.convertToJSValue(parse(value), platform, { mode: 'serialization' })
      : parse,
    toSql: (value) => {
      if (!isValue(value) || !isCompared) return undefined;
      const converted: unknown = customType
        ? customType.convertToDatabaseValue(value, platform, { fromQuery: true, key: name, mode: 'query' })
        : value;
      return isValue(converted) ? converted : undefined;
    },
  };
}

/** A time as the ORM reads it: without a zone of its own it is in the platform's. */
const withZone = (time: string, zone: string | undefined): string =>
  !zone || zone === 'local' || /[+Z]/.test(time) || time.lastIndexOf('-') > 10 ? time : time + zone;
