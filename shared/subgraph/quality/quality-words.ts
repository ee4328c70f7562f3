import { BaseMySqlPlatform } from '@mikro-orm/sql';
import { sqlWordsOf, type SqlWords } from '../statistics/sql-words.js';
import type { RowDatabase } from '../type-plan.js';

/** Expressions by which values are judged, for which databases have no common words. */
export interface QualityWords extends Pick<SqlWords, 'quote' | 'text'> {
  /** Condition: the text has the form; the pattern knows no classes but those in brackets. */
  matches(text: string, pattern: string): string;
  /** Place of a character in a text, 1 for the first; 0 where it is not in it. */
  placeOf(character: string, text: string): string;
  /** SHA-256 of a text, in hexadecimal. */
  sha256(text: string): string;
}

const POSTGRESQL: Omit<QualityWords, 'quote' | 'text'> = {
  matches: (text, pattern) => `${text} ~ ${pattern}`,
  placeOf: (character, text) => `strpos(${text}, ${character})`,
  sha256: (text) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`,
};
const MYSQL: Omit<QualityWords, 'quote' | 'text'> = {
  matches: (text, pattern) => `${text} regexp ${pattern}`,
  placeOf: (character, text) => `locate(${character}, ${text})`,
  sha256: (text) => `sha2(${text}, 256)`,
};

/** @returns undefined for rows that are in no SQL database */
export function qualityWordsOf(database: RowDatabase): QualityWords | undefined {
  const words = sqlWordsOf(database);
  if (!words) return undefined;
  return { ...words, ...(database.em.getPlatform() instanceof BaseMySqlPlatform ? MYSQL : POSTGRESQL) };
}
