import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { ShareType } from '../../../shared/kernel/index.js';
import { type Database, openTables } from '../core/index.js';
import type { ListKind, ListLevel, ListState } from './list-kind.rule.js';

/** Columns of the lists' tables. */
export interface ListTables {
  list_version: {
    number: GeneratedAlways<number>;
    id: GeneratedAlways<string>;
    kind: ListKind;
    level: ListLevel;
    /** Local date; select it as text. */
    published_on: ColumnType<never, string, never>;
    recorded_at: Date;
    entries: Generated<number>;
    clauses: string[];
  };
  list_entry: {
    version: number;
    key: string;
    department: string;
    provider: string | null;
    resource: string | null;
    name: string;
    items: string[];
    share_type: ShareType | null;
    state: ListState;
    basis: string[];
    scenario: string | null;
    update_cycle: string | null;
    openness: string | null;
  };
}

export const listTables = (database: Database) => openTables<ListTables>(database);
