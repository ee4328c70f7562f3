import { AbstractSqlPlatform, BaseMySqlPlatform } from '@mikro-orm/sql';
import type { RowDatabase } from '../type-plan.js';

/** Expressions for which databases have no common words. Numbers, dates and names are written into them, so whoever calls
 *  has checked that they are ones. */
export interface SqlWords {
  quote(name: string): string;
  text(value: string): string;
  /** The beginning of a text. */
  prefix(text: string, length: number): string;
  number(value: string): string;
  truth(value: string): string;
  /** Hash of 64 bits of a text, which nobody can foretell without the seed.
   *  @param seed  digits */
  key(text: string, seed: string): string;
  /** Hash of 64 bits of a number and a key. */
  valueKey(number: string, key: string): string;
  /** The sketch of one person, as `sketchOf` in shared/statistics. */
  sketch(key: string): string;
}

const POSTGRESQL: SqlWords = {
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  text: (value) => `${value}::text`,
  prefix: (text, length) => `left(${text}, ${length})`,
  number: (value) => `${value}::double precision`,
  truth: (value) => value,
  key: (text, seed) => `hashtextextended(${text}, ${seed})`,
  valueKey: (number, key) => `hashfloat8extended(${number}, ${key})`,
  sketch: (key) => `((${key} >> 4) & 15) << ((${key} & 15)::int * 4)`,
};

const hash64 = (text: string): string => `cast(conv(left(md5(${text}), 16), 16, 10) as unsigned)`;
const MYSQL: SqlWords = {
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  text: (value) => `convert(${value} using utf8mb4) collate utf8mb4_bin`,
  prefix: (text, length) => `left(${text}, ${length})`,
  number: (value) => `cast(${value} as double)`,
  // A Boolean may be a number or a bit.
  truth: (value) => `case when ${value} then 1 when not ${value} then 0 end`,
  key: (text, seed) => hash64(`concat('${seed}:', ${text})`),
  valueKey: (number, key) => hash64(`concat(${key}, ':', ${number})`),
  sketch: (key) => `((${key} >> 4) & 15) << ((${key} & 15) * 4)`,
};

/** @returns undefined for rows that are in no SQL database */
export function sqlWordsOf(database: RowDatabase): SqlWords | undefined {
  const platform = database.em.getPlatform();
  if (platform instanceof BaseMySqlPlatform) return MYSQL;
  return platform instanceof AbstractSqlPlatform ? POSTGRESQL : undefined;
}
