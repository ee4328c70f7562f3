import type { ItemType } from './connected-table.js';
import type { DatabaseKind } from './registered-source.js';

/** A column as the source has it. */
export interface SourceColumn {
  readonly name: string;
  /** PostgreSQL's `format_type` without its length; MariaDB's `column_type`, such as `int(11) unsigned`. */
  readonly type: string;
  /** Character set of a text of MariaDB's. */
  readonly charset?: string | undefined;
}

const PG_TEXT = ['text', 'character varying', 'character', 'uuid'];
const PG_WHOLE = ['smallint', 'integer', 'bigint'];
const POSTGRESQL: Readonly<Record<ItemType, readonly string[]>> = {
  String: PG_TEXT,
  ID: [...PG_TEXT, ...PG_WHOLE],
  Int: ['smallint', 'integer'],
  Float: ['real', 'double precision', ...PG_WHOLE],
  Decimal: ['numeric', ...PG_WHOLE],
  Boolean: ['boolean'],
  Date: ['date'],
  DateTime: ['timestamp with time zone', 'timestamp without time zone'],
};

const MYSQL_TEXT = /^(var)?char|^(tiny|medium|long)?text|^enum/;
/** MariaDB compares any text with a number, and finds 0 equal to every text without digits: texts are texts there. */
const MYSQL: Readonly<Record<ItemType, RegExp>> = {
  String: MYSQL_TEXT,
  ID: new RegExp(`${MYSQL_TEXT.source}|^(tiny|small|medium|big)?int`),
  Int: /^(tiny|small|medium)int|^int(?!.*unsigned)/,
  Float: /^(float|double|(tiny|small|medium|big)?int)/,
  Decimal: /^(decimal|(tiny|small|medium|big)?int)/,
  Boolean: /^(tinyint|bit\(1\))/,
  Date: /^date$/,
  DateTime: /^(datetime|timestamp)/,
};

/** True where an item can be read from the column, exactly. */
export const fits = (kind: DatabaseKind, item: ItemType, { type }: SourceColumn): boolean =>
  kind === 'POSTGRESQL' ? POSTGRESQL[item].includes(type) : MYSQL[item].test(type);
