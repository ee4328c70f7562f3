import type { FileRule } from '../../shared/loading/load-rules.js';

/** Everything for which `sharehub init` writes nothing. Codes are stable. */
export type InitCode =
  | 'NAME_INVALID'
  | 'FOLDER_EXISTS'
  | 'SOURCE_KIND_UNKNOWN'
  | 'SOURCE_UNREACHABLE'
  | 'SOURCE_REFUSED'
  | 'SOURCE_UNREADABLE'
  | 'OPENAPI_UNFIT'
  | 'SCHEMA_UNFIT'
  | 'REFERENCE_EXTERNAL'
  | 'OPERATIONS_NONE'
  | 'TABLE_UNKNOWN'
  | 'TABLES_TOO_MANY'
  | 'TABLES_NONE'
  | 'KEY_MISSING'
  | 'KEY_UNKNOWN'
  | 'KEY_NOT_UNIQUE'
  | 'DRAFT_INVALID'
  | FileRule;

/** A draft that cannot be made: what is wrong, and what to do. Never holds a password, SQL or a value of a row. */
export class InitRefusal extends Error {
  constructor(
    readonly code: InitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'InitRefusal';
  }
}
